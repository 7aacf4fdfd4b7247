const KEY = "an-tam";

/**
 * A storage of the browser; null where the person blocks it: the chat then works until the page is closed.
 * @param {"localStorage" | "sessionStorage"} name
 */
function storage(name) {
  try {
    return window[name];
  } catch {
    return null;
  }
}

/** 128 random bits as base64url. */
function newToken() {
  const text = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))));
  return text.replace(/\+/g, "-").replace(/\//g, "_").slice(0, 22);
}

/** What this browser keeps: its token, the number of the last message shown, the language. Never words. */
export class Memory {
  constructor() {
    this.now = { token: newToken(), after: 0, keep: false, lang: "" };
    const saved = storage("localStorage")?.getItem(KEY) ?? storage("sessionStorage")?.getItem(KEY);
    // Changed by somebody else: a new conversation.
    try {
      Object.assign(this.now, JSON.parse(saved));
    } catch {}
  }

  /** For this tab; after closing only for a person who chose to stay known. @param {Partial<Memory["now"]>} change */
  save(change) {
    Object.assign(this.now, change);
    this.clear();
    storage(this.now.keep ? "localStorage" : "sessionStorage")?.setItem(KEY, JSON.stringify(this.now));
  }

  clear() {
    storage("localStorage")?.removeItem(KEY);
    storage("sessionStorage")?.removeItem(KEY);
  }
}
