/**
 * Tells the sandbox to do something. Resolves with its answer; null when it cannot be done now.
 * @param {string} path
 * @param {object} [body]
 */
export async function ask(path, body = {}) {
  const headers = { "content-type": "application/json" };
  const answer = await fetch(path, { method: "POST", headers, body: JSON.stringify(body) }).catch(() => null);
  return answer?.ok ? answer.json() : null;
}

/**
 * Calls back with the view of this person whenever it changes, and with null while the sandbox cannot be reached.
 * @param {string} person
 * @param {(view: import("../view-data.ts").View | null) => void} onView
 * @returns {() => void} ends it
 */
export function watch(person, onView) {
  const source = new EventSource(`/events?person=${person}`);
  source.onmessage = ({ data }) => onView(JSON.parse(data));
  source.onerror = () => onView(null);
  return () => source.close();
}
