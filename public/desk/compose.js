/** The composer: counts characters, and keeps the previews beside the form fresh while somebody writes. */
const WAIT_MS = 700;

const compose = /** @type {HTMLElement} */ (document.querySelector(".compose"));
const form = /** @type {HTMLFormElement} */ (compose.querySelector("form"));
const { counts, count, failed } = compose.dataset;

/** Shows beside a field how many characters it has. @param {HTMLInputElement | HTMLTextAreaElement} field @param {number} most */
function counted(field, most) {
  const shown = document.createElement("p");
  shown.className = "hint count";
  shown.id = `c-${field.name}`;
  field.after(shown);
  field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${shown.id}`.trim());
  const show = () => {
    shown.textContent = count.replace("{n}", String(field.value.length)).replace("{most}", String(most));
    shown.classList.toggle("over", field.value.length > most);
  };
  field.addEventListener("input", show);
  show();
}

for (const [name, most] of Object.entries(JSON.parse(counts))) {
  const field = form.elements.namedItem(name);
  if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) counted(field, most);
}

/** The form without its file, of which only the ending is told. */
function fields() {
  const body = new FormData(form);
  const file = body.get("media");
  body.delete("media");
  if (file instanceof File && file.size > 0) body.set("media.coming", file.name.split(".").pop().toLowerCase());
  return body;
}

/** New markup in a region; parts that were opened or folded stay as they were. @param {HTMLElement} region @param {string} markup */
function fill(region, markup) {
  const before = new Map([...region.querySelectorAll("details")].map((part) => [part.id, part.open]));
  region.innerHTML = markup;
  for (const part of region.querySelectorAll("details")) part.open = before.get(part.id) ?? part.open;
}

/** A region asks again after a pause in writing; an answer that was overtaken is dropped. @param {HTMLElement} region */
function keepFresh(region) {
  const { fragment, fields: prefix } = region.dataset;
  let asked = 0;
  let timer = 0;
  const ask = async () => {
    asked += 1;
    const own = asked;
    const response = await fetch(fragment, { method: "POST", body: fields() }).catch(() => null);
    const markup = response?.ok ? await response.text() : null;
    if (own !== asked) return;
    if (markup === null) region.textContent = failed;
    else fill(region, markup);
  };
  const onChange = (event) => {
    if (!event.target.name.startsWith(prefix)) return;
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT_MS);
  };
  form.addEventListener("input", onChange);
  ask();
}

for (const region of compose.querySelectorAll("[data-fragment]")) keepFresh(/** @type {HTMLElement} */ (region));
