import type { Api } from "grammy";

/** grammY's type of signal is that of a package older than Node's; of it grammY uses what is forwarded here. */
type ApiSignal = NonNullable<Parameters<Api["getMe"]>[0]>;

/** Node's signal as grammY's methods take it. */
export function apiSignal(signal: AbortSignal): ApiSignal {
  const forwarded = new Map<unknown, () => void>();
  return {
    get aborted() {
      return signal.aborted;
    },
    onabort: null,
    addEventListener: (type, listener) => {
      const forward = () => {
        if (typeof listener === "function") Reflect.apply(listener, undefined, []);
      };
      forwarded.set(listener, forward);
      signal.addEventListener(type, forward, { once: true });
    },
    removeEventListener: (type, listener) => {
      const forward = forwarded.get(listener);
      if (forward !== undefined) signal.removeEventListener(type, forward);
      forwarded.delete(listener);
    },
    dispatchEvent: () => false,
  };
}
