/** A broadcast that is being sent: asks how far it is and shows that, reads it aloud now and then. */
const ASK_MS = 2000;
const SAY_MS = 10000;
/** Over so long the pace is taken. */
const PACE_MS = 20000;

const section = /** @type {HTMLElement | null} */ (document.querySelector("[data-live]"));
const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

let standingShown = section?.dataset.standing;
let saidAt = 0;
/** @type {{ at: number, sent: number }[]} */
let samples = [];

/** Messages a second of late. @param {number} sent */
function showPace(sent) {
  const at = Date.now();
  samples = [...samples.filter((sample) => at - sample.at <= PACE_MS && sample.sent <= sent), { at, sent }];
  const [first] = samples;
  const pace = at > first.at ? ((sent - first.sent) * 1000) / (at - first.at) : 0;
  const rate = byId("rate");
  rate.hidden = pace === 0;
  const shown = pace.toLocaleString(document.documentElement.lang, { maximumFractionDigits: pace < 10 ? 1 : 0 });
  rate.textContent = rate.dataset.rate.replace("{n}", shown);
}

/** What can be pressed changes with the standing only, so that nothing moves under a finger. */
function showStanding({ standing, badge, steps }) {
  if (standing === standingShown) return;
  standingShown = standing;
  byId("standing").innerHTML = badge;
  const had = byId("steps-now").contains(document.activeElement);
  byId("steps-now").innerHTML = steps;
  if (had) byId("steps").focus();
  saidAt = 0;
}

function say(sentence) {
  if (Date.now() - saidAt < SAY_MS) return;
  saidAt = Date.now();
  byId("progress-said").textContent = sentence;
}

/** Goes on until it is over. */
async function ask() {
  const response = await fetch(section.dataset.live).catch(() => null);
  const answer = response?.ok ? await response.json().catch(() => null) : null;
  if (answer !== null) {
    byId("progress").innerHTML = answer.progress;
    showPace(answer.sent);
    showStanding(answer);
    say(answer.said);
  }
  if (answer === null || answer.moving) setTimeout(ask, ASK_MS);
  else byId("rate").hidden = true;
}

if (section) {
  section.querySelector(".refresh")?.remove();
  setTimeout(ask, ASK_MS);
}
