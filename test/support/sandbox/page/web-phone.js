/** The person's place, as the page around says it: a phone in the sandbox is wherever its author wants it. */
let coords = { latitude: 0, longitude: 0 };

addEventListener("message", ({ source, data }) => {
  if (source === parent) coords = data;
});

Object.defineProperty(navigator, "geolocation", {
  value: { getCurrentPosition: (/** @type {(found: object) => void} */ found) => found({ coords }) },
});

/** The quick exit empties the page before it leads away. The page around is told by the frame's name. */
addEventListener("DOMContentLoaded", () => {
  const seen = new MutationObserver(() => {
    if (document.querySelector("an-tam-chat") === null) parent.postMessage({ left: window.name }, "*");
  });
  seen.observe(document.body, { childList: true });
});
