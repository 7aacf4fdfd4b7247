/**
 * An Tâm on another page: <script src="https://…/embed.js" async></script>
 * Options: data-lang="en", data-start="<payload>", data-side="left". Sends nothing until it is opened.
 */
(() => {
  const { src, dataset } = document.currentScript;
  const base = new URL(".", src).href;
  const NAME = "An Tâm";
  const make = (tag, props) => Object.assign(document.createElement(tag), props);
  const host = make("div");
  const sheet = make("link", { rel: "stylesheet", href: `${base}widget/embed.css` });
  const launcher = make("button", { type: "button", textContent: NAME, className: dataset.side, hidden: true });
  const panel = make("div", { className: dataset.side, hidden: true, tabIndex: -1 });
  launcher.setAttribute("aria-expanded", "false");
  panel.setAttribute("role", "dialog");
  panel.setAttribute("aria-label", NAME);
  sheet.onload = () => {
    launcher.hidden = false;
  };

  function toggle(open) {
    panel.hidden = !open;
    launcher.hidden = open;
    (open ? panel : launcher).focus();
  }

  function load() {
    const chat = make("an-tam-chat", { lang: dataset.lang ?? "" });
    chat.setAttribute("start", dataset.start ?? "");
    chat.setAttribute("closable", "");
    chat.addEventListener("an-tam-close", () => toggle(false));
    panel.append(chat);
    document.head.append(make("script", { type: "module", src: `${base}widget/chat.js` }));
  }

  launcher.onclick = () => {
    if (!panel.firstChild) load();
    toggle(true);
  };
  host.attachShadow({ mode: "open" }).append(sheet, launcher, panel);
  const place = () => document.body.append(host);
  if (document.body) place();
  else addEventListener("DOMContentLoaded", place);
})();
