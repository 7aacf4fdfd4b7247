import { Agent, request } from "node:http";
import { PASSWORD } from "../staff-stage.ts";

export interface Answer {
  readonly status: number;
  readonly location: string;
  readonly body: string;
}

type Fields = Readonly<Record<string, string | readonly string[]>>;

const OWN = { "sec-fetch-site": "same-origin" } as const;
const agent = new Agent({ keepAlive: true, maxSockets: 4 });

/** A browser over real HTTP: keeps cookies and the token of the form it saw last. */
export class Browser {
  readonly #address: string;
  readonly #cookies = new Map<string, string>();
  token = "";
  /** Of this browser's sign-in, from before anybody was signed in. */
  earlyToken = "";

  /** Somebody who has seen the sign-in. */
  static async open(address: string): Promise<Browser> {
    const browser = new Browser(address);
    await browser.get("/desk/sign-in");
    browser.earlyToken = browser.token;
    return browser;
  }

  private constructor(address: string) {
    this.#address = address;
  }

  async get(path: string): Promise<Answer> {
    return this.ask("GET", path);
  }

  async send(path: string, fields: Fields, headers: Readonly<Record<string, string>> = OWN): Promise<Answer> {
    const body = new URLSearchParams();
    for (const [name, value] of Object.entries({ _csrf: this.token, ...fields })) {
      for (const one of [value].flat()) body.append(name, one);
    }
    return this.ask("POST", path, { "content-type": "application/x-www-form-urlencoded", ...headers }, body.toString());
  }

  async signIn(login: string): Promise<void> {
    const { location } = await this.send("/desk/sign-in", { login, password: PASSWORD });
    if (location === "") throw new Error(`${login} was not let in`);
    await this.get(location);
  }

  /** Any method, with the cookies of this browser and nothing else. */
  ask(method: string, path: string, headers: Readonly<Record<string, string>> = OWN, body = ""): Promise<Answer> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const sent = { ...headers, cookie, "content-length": String(Buffer.byteLength(body)) };
    return new Promise((resolve, reject) => {
      const asked = request(`${this.#address}${path}`, { agent, method, headers: sent }, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => {
          const text = Buffer.concat(chunks).toString("utf8");
          this.#keep(response.headers["set-cookie"] ?? [], text);
          resolve({ status: response.statusCode ?? 0, location: response.headers.location ?? "", body: text });
        });
      });
      asked.on("error", reject);
      asked.end(body);
    });
  }

  #keep(cookies: readonly string[], body: string): void {
    for (const cookie of cookies) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (value === "") this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    this.token = /name="_csrf" value="([^"]+)"/.exec(body)?.[1] ?? this.token;
  }
}
