/**
 * An Tâm on another page: <script src="https://…/embed.js" async></script>
 * Options: data-lang="en", data-start="<payload>", data-side="left". Sends nothing until it is opened.
 */
(() => {
  const { src, dataset } = /** @type {HTMLScriptElement} */ (document.currentScript);
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

  let ready = false;
  let pressedAt = 0;
  let again = "";

  function toggle(open) {
    panel.hidden = !open;
    launcher.hidden = open;
    (open ? panel : launcher).focus();
  }

  /** The panel opens only when there is something in it; not by itself long after it was asked for. */
  function onReady() {
    ready = true;
    launcher.textContent = NAME;
    if (Date.now() - pressedAt < 15000) toggle(true);
  }

  function load() {
    const chat = make("an-tam-chat", { lang: dataset.lang ?? "" });
    const module = make("script", { type: "module", src: `${base}widget/chat.js${again}` });
    chat.setAttribute("start", dataset.start ?? "");
    chat.setAttribute("closable", "");
    chat.addEventListener("an-tam-ready", onReady);
    chat.addEventListener("an-tam-close", () => toggle(false));
    module.onerror = () => {
      chat.remove();
      // A page never asks twice for a module address that failed.
      again += "?";
      launcher.textContent = NAME;
    };
    panel.append(chat);
    launcher.textContent = `${NAME} …`;
    document.head.append(module);
  }

  launcher.onclick = () => {
    pressedAt = Date.now();
    if (ready) toggle(true);
    else if (!panel.firstChild) load();
  };
  host.attachShadow({ mode: "open" }).append(sheet, launcher, panel);
  const place = () => document.body.append(host);
  if (document.body) place();
  else addEventListener("DOMContentLoaded", place);
})();
