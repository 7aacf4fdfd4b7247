/** The page before anything is in it. `data-t`: text by key; `data-label`, `data-hint`: the same as name and hint. */
export const FRAME = `<header class="top" data-label="title">
<h1 data-t="title"></h1>
<div id="settings">
<label><span data-t="person"></span><select id="person"></select></label>
<button type="button" id="add-person" data-t="add_person_short" data-label="add_person"></button>
<label><span data-t="phone_lang"></span><select id="phone-lang">
<option value="vi" lang="vi">Tiếng Việt</option><option value="en" lang="en">English</option></select></label>
<label><span data-t="place"></span><select id="place"></select></label>
</div>
<span class="space"></span>
<span id="bot" role="status"></span>
<button type="button" id="settings-toggle" aria-expanded="false" aria-controls="settings" data-t="settings"></button>
<button type="button" id="reload" class="strong" data-t="reload" data-hint="reload_hint"></button>
<button type="button" id="language" data-t="language"></button>
</header>
<section id="findings" class="findings" role="alert" hidden>
<h2 data-t="findings"></h2>
<p data-t="findings_hint"></p>
<pre tabindex="0"></pre>
</section>
<nav class="tabs" data-label="phones">
<button type="button" data-tab="telegram">Telegram</button>
<button type="button" data-tab="zalo">Zalo</button>
<button type="button" data-tab="web">Web</button>
</nav>
<main>
<section id="telegram" class="column"></section>
<section id="zalo" class="column"></section>
<section id="web" class="column"></section>
</main>
<dialog id="new-person" data-label="add_person">
<form method="dialog">
<label><span data-t="name"></span> <input name="name" maxlength="40" required autocomplete="off"></label>
<p><button type="submit" class="strong" value="add" data-t="add"></button>
<button type="submit" value="" formnovalidate data-t="cancel"></button></p>
</form>
</dialog>`;
