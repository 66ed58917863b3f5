import type { Account } from "./account.ts";

/** Shorter words are not looked for, in bytes: they would be found everywhere. */
const SHORTEST_WORD = 4;
const SHORTEST_NAME = 6;
/** What stands in the place of a hidden byte. */
const HIDDEN = "*".charCodeAt(0);
/** Bytes of a word by which it is looked up. */
const PREFIX = 3;

/** Words by the number that their first bytes make. */
type Index = Map<number, Uint8Array[]>;

/**
 * The one home of what logs somebody in: it knows the words of every account of a run (name, password as it was given
 * and as it travels, token) and blots them out of whatever is to be written or shown. In bytes that went over the wire
 * all of them are hidden; in sentences passwords and tokens, in plain, hexadecimal and base64 form: sentences never
 * hold names, because they are written that way.
 */
export class Secrets {
  readonly #inBytes: Index = new Map();
  readonly #inText: Index = new Map();
  readonly #known = new Set<string>();

  /** Takes note of an account, from when on its words are hidden. */
  add({ user_name, user_pwd, user_token }: Pick<Account, "user_name" | "user_pwd" | "user_token">): void {
    if (!this.#known.has(user_name) && user_name.length >= SHORTEST_NAME) {
      this.#known.add(user_name);
      enter(this.#inBytes, Buffer.from(user_name));
    }
    this.addWord(user_pwd);
    this.addWord(user_pwd.toUpperCase());
    if (user_token !== undefined) this.addWord(user_token);
  }

  /** Takes note of a word that is no account's field, such as a password before it is digested. */
  addWord(word: string): void {
    if (word.length < SHORTEST_WORD || this.#known.has(word)) return;
    this.#known.add(word);
    const bytes = Buffer.from(word);
    enter(this.#inBytes, bytes);
    for (const form of formsOf(bytes)) enter(this.#inText, form);
  }

  /** The bytes with every word blotted out: a copy when there was one, else `bytes` itself. */
  hideInBytes(bytes: Uint8Array): Uint8Array {
    return blot(bytes, this.#inBytes);
  }

  /** A sentence, a line of a log or any other text without passwords and tokens. */
  hideInText(text: string): string {
    if (this.#inText.size === 0 || text.length < SHORTEST_WORD) return text;
    const bytes = Buffer.from(text);
    const hidden = blot(bytes, this.#inText);
    return hidden === bytes ? text : Buffer.from(hidden).toString();
  }

  /** Data as JSON holds it, with every text of it as {@link hideInText} gives it. What holds no word is not copied. */
  hideIn<T>(value: T): T {
    if (typeof value === "string") return this.hideInText(value) as T;
    if (Array.isArray(value)) {
      const items = value.map((item) => this.hideIn(item));
      return items.some((item, at) => item !== value[at]) ? (items as T) : value;
    }
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value).map(([name, item]) => [name, this.hideIn(item)] as const);
    return entries.some(([name, item]) => item !== value[name as keyof T]) ? (Object.fromEntries(entries) as T) : value;
  }
}

/** A word as it may stand in a text: in plain, in hexadecimal, and in base64 wherever it lies among other bytes. */
function formsOf(word: Buffer): Buffer[] {
  const hex = word.toString("hex");
  const encoded = [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), word])
      .toString("base64")
      .replaceAll("=", "");
    // The characters at both ends also depend on the bytes beside the word.
    const from = shift === 0 ? 0 : shift + 1;
    const whole = Math.floor(((shift + word.length) * 8) / 6);
    return text.slice(from, whole);
  });
  const forms = [word.toString(), hex, hex.toUpperCase(), ...encoded, ...encoded.map(urlSafe)];
  return [...new Set(forms)].filter((form) => form.length >= SHORTEST_WORD).map((form) => Buffer.from(form));
}

const urlSafe = (text: string): string => text.replaceAll("+", "-").replaceAll("/", "_");

function enter(index: Index, word: Uint8Array): void {
  const key = keyAt(word, 0);
  const words = index.get(key);
  if (words) words.push(word);
  else index.set(key, [word]);
}

function keyAt(bytes: Uint8Array, at: number): number {
  return ((bytes[at] as number) << 16) | ((bytes[at + 1] as number) << 8) | (bytes[at + 2] as number);
}

/** One pass over the bytes, so that it costs the same for one account and for a hundred thousand. */
function blot(bytes: Uint8Array, index: Index): Uint8Array {
  if (index.size === 0) return bytes;
  let copy: Uint8Array | undefined;
  for (let at = 0; at + PREFIX <= bytes.length; at++) {
    for (const word of index.get(keyAt(bytes, at)) ?? []) {
      if (!hasAt(bytes, at, word)) continue;
      copy ??= Uint8Array.from(bytes);
      copy.fill(HIDDEN, at, at + word.length);
    }
  }
  return copy ?? bytes;
}

function hasAt(bytes: Uint8Array, at: number, word: Uint8Array): boolean {
  if (at + word.length > bytes.length) return false;
  for (let offset = PREFIX; offset < word.length; offset++) if (bytes[at + offset] !== word[offset]) return false;
  return true;
}
