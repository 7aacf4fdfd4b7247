import { ask, watch } from "./ask.js";
import { button, el, keep } from "./dom.js";
import { FRAME } from "./frame.js";
import { NetworkPanel } from "./network-panel.js";
import { Phone } from "./phone.js";
import { WebPhone } from "./web.js";
import { label, otherLang, pageLang, t } from "./words.js";

/** @typedef {import("../view-data.ts").View} View */

/** Where the phones can be: degrees north and east. @type {Record<string, number[]>} */
const PLACES = {
  hanoi: [21.0285, 105.8542],
  sapa: [22.3364, 103.8438],
  hue: [16.4637, 107.5909],
  danang: [16.0544, 108.2022],
  hcmc: [10.7769, 106.7009],
  cantho: [10.0452, 105.7469],
  abroad: [13.7563, 100.5018],
};
const ZALO = ["zalo-bot", "zalo-oa"];

/** The element with this id. @param {string} id @returns {any} */
const $ = (id) => document.getElementById(id);

/** @type {View | null} */
let view = null;
let person = "p1";
let zalo = "zalo-bot";
let unwatch = () => {};

function world() {
  const [latitude, longitude] = PLACES[$("place").value] ?? [0, 0];
  const lang = view?.people.find(({ id }) => id === person)?.lang ?? "vi";
  return { person, lang, place: { latitude, longitude } };
}

const phones = ["telegram", ...ZALO].map((name) => ({
  name,
  phone: new Phone(name, world),
  panel: new NetworkPanel(name),
}));
const web = new WebPhone(world);
const said = el("pre", { tabIndex: 0, "data-label": "said" });
const sayings = el("details", { className: "network" }, el("summary", { "data-t": "said" }), said);
const switches = ZALO.map((name) => button("", () => chooseZalo(name), { "data-t": `switch_${name}` }));

function build() {
  document.body.innerHTML = FRAME;
  const [telegram, ...zalos] = phones;
  $("telegram").append(telegram.phone.node, telegram.panel.node);
  const choice = el("div", { className: "switch", role: "group", "data-label": "zalo_kind" }, ...switches);
  $("zalo").append(choice, ...zalos.flatMap(({ phone, panel }) => [phone.node, panel.node]));
  $("web").append(web.node, web.tools, sayings);
  for (const tab of document.querySelectorAll("[data-tab]")) {
    tab.addEventListener("click", () => chooseTab(tab.getAttribute("data-tab") ?? ""));
  }
  $("place").append(...Object.keys(PLACES).map((name) => el("option", { value: name, "data-t": `place_${name}` })));
  $("place").onchange = () => web.show();
  $("person").onchange = () => choosePerson($("person").value);
  $("phone-lang").onchange = () => void speak($("phone-lang").value);
  $("settings-toggle").onclick = () => {
    const open = $("settings").classList.toggle("open");
    $("settings-toggle").setAttribute("aria-expanded", String(open));
  };
  $("reload").onclick = () => void ask("/reload");
  $("language").onclick = () => {
    otherLang();
    relabel();
  };
  listenForNames();
}

function listenForNames() {
  const dialog = $("new-person");
  const form = dialog.querySelector("form");
  $("add-person").onclick = () => dialog.showModal();
  dialog.onclose = async () => {
    const name = new FormData(form).get("name");
    form.reset();
    if (dialog.returnValue !== "add") return;
    const added = await ask("/people", { name });
    if (added !== null) choosePerson(added.id);
  };
}

/** @param {string} name */
function chooseTab(name) {
  document.body.dataset.shown = name;
  for (const tab of document.querySelectorAll("[data-tab]")) {
    tab.setAttribute("aria-pressed", String(tab.getAttribute("data-tab") === name));
  }
}

/** @param {string} name */
function chooseZalo(name) {
  zalo = name;
  for (const [i, node] of switches.entries()) node.setAttribute("aria-pressed", String(ZALO[i] === name));
  for (const entry of phones) {
    const hidden = ZALO.includes(entry.name) && entry.name !== zalo;
    entry.phone.node.hidden = hidden;
    entry.panel.node.hidden = hidden;
  }
}

/** @param {string} id */
function choosePerson(id) {
  person = id;
  unwatch();
  unwatch = watch(person, show);
}

/** @param {string} lang */
async function speak(lang) {
  await ask("/speak", { person, lang });
  web.open(person, lang);
}

function relabel() {
  document.documentElement.lang = pageLang();
  document.title = t("title");
  label(document);
  for (const { phone, panel } of phones) {
    phone.label();
    panel.label();
  }
  web.label();
  if (view !== null) show(view);
}

/** @param {View | null} next null: the sandbox cannot be reached */
function show(next) {
  const status = next === null ? "away" : next.bot.status;
  $("bot").textContent = t(`bot_${status}`);
  $("bot").className = status;
  if (next === null) return;
  view = next;
  const failed = status === "stopped";
  $("findings").hidden = !failed;
  $("findings").querySelector("pre").textContent = failed ? next.bot.said : "";
  $("reload").disabled = status === "loading";
  said.textContent = next.bot.said || t("said_nothing");
  keep(
    $("person"),
    next.people,
    ({ id, name }) => `${id} ${name}`,
    ({ id, name }) => el("option", { value: id }, name),
  );
  $("person").value = person;
  $("phone-lang").value = world().lang;
  for (const { name, phone, panel } of phones) {
    const network = next.networks.find((entry) => entry.name === name);
    if (network === undefined) continue;
    phone.show(network);
    panel.show(network);
  }
  web.show();
}

build();
relabel();
chooseTab("telegram");
chooseZalo(zalo);
choosePerson(person);
