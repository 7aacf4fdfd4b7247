const ANSWER_MS = 20000;
const POLL_MS = 40000;
const IDLE_MS = 15 * 60000;
const RETRY_MS = 15000;

/** RFC 4122 version 4; old phones have no `crypto.randomUUID`. */
function uuid() {
  const digit = (bits) => ((crypto.getRandomValues(new Uint8Array(1))[0] & bits) | (bits === 3 ? 8 : 0)).toString(16);
  return "xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx".replace(/[xy]/g, (place) => digit(place === "x" ? 15 : 3));
}

/**
 * The line to the server. Inputs go one by one; each is repeated with the same id and body until it has an answer.
 * Tells its owner: `answer(data, own)`, `refused(data, own)` (never taken), `trouble(text key or "")`.
 */
export class Line {
  /** @param {string} base @param {import("./memory.js").Memory} memory @param {Record<string, any>} owner */
  constructor(base, memory, owner) {
    this.url = `${base}api/chat`;
    this.memory = memory;
    this.owner = owner;
    /** @type {{ own?: HTMLElement, said: object, body?: string }[]} */
    this.queue = [];
    this.tries = 0;
    this.again = () => {
      this.wake?.();
      if (!this.busy) this.poll();
    };
    addEventListener("online", this.again);
    document.addEventListener("visibilitychange", this.again);
  }

  /**
   * `own`: the bubble of the person's words, handed back with the answer. Help goes first, and so does anything new
   * while an older input has to wait for sending too fast: it may be a call for help.
   * @param {Record<string, unknown>} input @param {HTMLElement} [own]
   */
  send(input, own) {
    const first = this.limited || input.token === "::help";
    this.queue[first ? "unshift" : "push"]({ own, said: { id: uuid(), lang: this.memory.now.lang, input } });
    this.used = Date.now();
    if (first) this.wake?.();
    if (!this.busy) this.flush();
  }

  async flush() {
    this.busy = true;
    this.request?.abort();
    while (this.queue.length && !this.closed) await this.sendFirst(this.queue[0]);
    this.busy = false;
    this.poll();
  }

  async sendFirst(item) {
    item.body = item.body ?? JSON.stringify({ ...item.said, after: this.memory.now.after });
    const { status, data, wait } = await this.fetch("", ANSWER_MS, item.body);
    if (this.closed) return;
    this.limited = status === 429;
    const done = status === 200;
    const never = (status >= 400 && status < 500 && !this.limited) || (status === 500 && this.tries > 3);
    if (done || never) {
      this.queue.splice(this.queue.indexOf(item), 1);
      this.tries = 0;
      this.owner.trouble("");
      this.owner[done ? "answer" : "refused"](data, item.own);
    } else {
      this.owner.trouble(this.limited ? "busy" : navigator.onLine ? "trouble" : "offline");
      await this.pause(wait || Math.min(1000 * 2 ** this.tries++, RETRY_MS));
    }
  }

  /** Asks for messages that come by themselves, while somebody is here to read them. */
  async poll() {
    if (this.polling) return;
    this.polling = true;
    while (!this.busy && !this.closed && !document.hidden && Date.now() - this.used < IDLE_MS) {
      const begun = Date.now();
      const { status, data } = await this.fetch(`?after=${this.memory.now.after}`, POLL_MS);
      if (this.busy || this.closed) break;
      if (status === 200) this.owner.trouble("");
      if (data?.messages?.length) this.owner.answer(data);
      else if (Date.now() - begun < 5000) await this.pause(5000);
    }
    this.polling = false;
  }

  /**
   * Never rejects; status 0: lost on the way.
   * @param {string} query @param {number} ms @param {string} [body]
   * @returns {Promise<{ status: number, wait?: number, data?: any }>}
   */
  async fetch(query, ms, body) {
    const request = new AbortController();
    const { signal } = request;
    this.request = request;
    const timer = setTimeout(() => request.abort(), ms);
    /** @type {Record<string, string>} */
    const headers = { authorization: `Bearer ${this.memory.now.token}` };
    if (body) headers["content-type"] = "application/json";
    try {
      const method = body ? "POST" : "GET";
      const answer = await fetch(this.url + query, { method, body, headers, signal, credentials: "omit" });
      return { status: answer.status, wait: 1000 * +answer.headers.get("retry-after"), data: await answer.json() };
    } catch {
      return { status: 0 };
    } finally {
      clearTimeout(timer);
    }
  }

  /** Until `ms` milliseconds are over or `wake` is called. @param {number} ms */
  pause(ms) {
    return new Promise((resolve) => {
      this.wake = resolve;
      setTimeout(resolve, ms);
    });
  }

  close() {
    this.closed = true;
    this.request?.abort();
    removeEventListener("online", this.again);
    document.removeEventListener("visibilitychange", this.again);
  }
}
