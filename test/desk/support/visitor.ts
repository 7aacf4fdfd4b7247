import type { FastifyInstance, LightMyRequestResponse } from "fastify";

type Fields = Readonly<Record<string, string | readonly string[]>>;

/** A browser as far as the desk can tell: keeps cookies, fills in the hidden fields of the form it saw last. */
export class Visitor {
  readonly cookies = new Map<string, string>();
  /** Headers of every request. */
  readonly headers: Record<string, string> = { "sec-fetch-site": "same-origin" };
  app: FastifyInstance;
  /** Of the form that was seen last. */
  token = "";

  constructor(app: FastifyInstance) {
    this.app = app;
  }

  async open(path: string, headers: Readonly<Record<string, string>> = {}): Promise<LightMyRequestResponse> {
    return this.#keep(await this.app.inject({ url: path, headers: { ...this.#sent(), ...headers } }));
  }

  /** Sends a form with the token of the one that was seen last. */
  async send(
    path: string,
    fields: Fields,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<LightMyRequestResponse> {
    const body = new URLSearchParams({ _csrf: this.token });
    for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) body.append(name, one);
    const type = { "content-type": "application/x-www-form-urlencoded" };
    const sent = { ...this.#sent(), ...type, ...headers };
    return this.#keep(await this.app.inject({ method: "POST", url: path, headers: sent, payload: body.toString() }));
  }

  async signIn(login: string, password: string): Promise<LightMyRequestResponse> {
    await this.open("/desk/sign-in");
    const answer = await this.send("/desk/sign-in", { login, password });
    if (answer.statusCode === 303) await this.open(String(answer.headers.location));
    return answer;
  }

  #sent(): Record<string, string> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    return cookie === "" ? { ...this.headers } : { ...this.headers, cookie };
  }

  #keep(answer: LightMyRequestResponse): LightMyRequestResponse {
    for (const { name, value, expires } of answer.cookies) {
      if (expires !== undefined && expires.getTime() <= 0) this.cookies.delete(name);
      else this.cookies.set(name, encodeURIComponent(value));
    }
    this.token = /name="_csrf" value="([^"]+)"/.exec(answer.body)?.[1] ?? this.token;
    return answer;
  }
}
