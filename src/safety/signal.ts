/** An idea, a rule or a kind of words by name: people read the name, the learned part its number. */
export interface Signal {
  readonly name: string;
  /** 32 bits. */
  readonly number: number;
}

export function signal(name: string): Signal {
  let number = BASIS;
  for (let i = 0; i < name.length; i++) number = Math.imul(number ^ name.charCodeAt(i), MIX);
  return { name, number: spread(number) };
}

/** Every bit of `hash` decides about every bit of the answer. */
export function spread(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 15), MIX);
  return mixed ^ (mixed >>> 13);
}

const BASIS = 0x6a09e667;
const MIX = 0x85ebca6b;
