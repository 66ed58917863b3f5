/** Shorter words are not looked for: they would be found everywhere. Words are looked up by so many first letters. */
const SHORTEST = 6;
/** What stands in the place of a hidden letter. */
const HIDDEN = "*";
/** What a shortened text ends with, as {@link lettersOfText} gives it. */
const CUT = Buffer.from("…").toString("latin1");

/** What logs somebody in: the fields of an account that are hidden. */
interface Credentials {
  readonly user_name: string;
  /** The MD5 hex text of the password. */
  readonly user_pwd: string;
  readonly user_token?: string;
}

/** Bytes as a text of one letter each, so that one search serves bytes and texts. */
const lettersOf = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
const lettersOfText = (text: string): string => lettersOf(Buffer.from(text));

/** A word as it stands in plain text, in JSON and in a URL. */
function formsOf(word: string): Set<string> {
  return new Set([word, JSON.stringify(word).slice(1, -1), encodeURIComponent(word.toWellFormed())].map(lettersOfText));
}

/**
 * The one home of what logs somebody in: it knows the words of every account of a run (name, password as it travels
 * and as it was given, token), and blots them out of whatever is to be written or shown: bytes that went over the wire,
 * and texts, in which a word may also stand in hexadecimal or base64 form, or be cut short. Words of fewer than six
 * letters, and passwords that are plain words of a language, cannot be told from other text and stay.
 */
export class Secrets {
  readonly #noted: Credentials[] = [];
  readonly #words = new WordSet();
  /** Digests are hexadecimal, and as good in capitals. */
  readonly #digests = new WordSet();
  #indexed = 0;

  /** Takes note of an account, from when on its words are hidden. */
  add(account: Credentials): void {
    this.#noted.push(account);
  }

  /** Takes note of a password before it is digested. It never travels, but a log of the target may know it. */
  addPassword(password: string): void {
    if (password.length >= 8 && /[^A-Za-z]/.test(password)) this.#enter(password);
  }

  /**
   * The bytes with every word blotted out: a copy when there was one, else `bytes` itself. They may end within a word.
   */
  hideInBytes(bytes: Uint8Array): Uint8Array {
    const letters = lettersOf(bytes);
    const hidden = this.#hide(letters, atEnd);
    return hidden === letters ? bytes : Buffer.from(hidden, "latin1");
  }

  /** A sentence, a line of a log or any other text without the words of accounts. */
  hideInText(text: string): string {
    if (text.length < SHORTEST) return text;
    const letters = lettersOfText(text);
    const hidden = this.#hide(letters, atCuts);
    return hidden === letters ? text : Buffer.from(hidden, "latin1").toString();
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

  /** Blots words out as they are and as digits that stand for them. */
  #hide(letters: string, ends: (letters: string) => number[]): string {
    let hidden = this.#blot(letters, ends);
    if (/[0-9a-f]{12}/i.test(hidden)) hidden = this.#blotEncoded(hidden, /[0-9a-f]{12,}/gi, "hex", 2);
    if (/[\w+/-]{9}/.test(hidden)) hidden = this.#blotEncoded(hidden, /[\w+/-]{9,}/g, "base64", 4);
    return hidden;
  }

  #blot(letters: string, ends: (letters: string) => number[]): string {
    this.#index();
    return this.#digests.blot(this.#words.blot(letters, ends), ends, (text) => text.toLowerCase());
  }

  /** Opens every run of digits, at each place where a byte may begin in it, and closes those again that held a word. */
  #blotEncoded(letters: string, runs: RegExp, encoding: "hex" | "base64", digits: number): string {
    return letters.replace(runs, (run) => {
      const isUrlSafe = encoding === "base64" && /[-_]/.test(run);
      let whole = run;
      for (let shift = 0; shift < digits; shift++) {
        const part = whole.slice(shift);
        const opened = Buffer.from(part, encoding).toString("latin1");
        const hidden = this.#blot(opened, atEnd);
        if (hidden === opened) continue;
        const closed = Buffer.from(hidden, "latin1").toString(isUrlSafe ? "base64url" : encoding);
        // The last digits may stand for less than a byte: they stay.
        const kept = Math.min(closed.length, Math.floor(part.length / digits) * digits);
        whole = whole.slice(0, shift) + closed.slice(0, kept) + part.slice(kept);
      }
      return whole;
    });
  }

  /** Words are entered when they are first looked for: a load may have a million accounts and nothing to hide. */
  #index(): void {
    for (; this.#indexed < this.#noted.length; this.#indexed++) {
      const account = this.#noted[this.#indexed] as Credentials;
      this.#enter(account.user_name);
      this.#digests.add(account.user_pwd.toLowerCase());
      if (account.user_token !== undefined) this.#enter(account.user_token);
    }
  }

  #enter(word: string): void {
    for (const form of formsOf(word)) this.#words.add(form);
  }
}

/** Where letters may end within a word: bytes, at their end; texts, where they were shortened. */
const atEnd = (letters: string): number[] => [letters.length];
const atCuts = (letters: string): number[] => {
  const places: number[] = [];
  for (let at = letters.indexOf(CUT); at >= 0; at = letters.indexOf(CUT, at + 1)) places.push(at);
  return places;
};

/** Words by their first letters: one pass finds all of them, be they a dozen or a million. */
class WordSet {
  readonly #words = new Set<string>();
  /** By how they begin: the words, and the lengths that they have. */
  readonly #beginnings = new Map<string, { readonly words: string[]; readonly lengths: number[] }>();
  #longest = 0;

  add(word: string): void {
    if (word.length < SHORTEST || this.#words.has(word)) return;
    this.#words.add(word);
    this.#longest = Math.max(this.#longest, word.length);
    const beginning = word.slice(0, SHORTEST);
    const known = this.#beginnings.get(beginning);
    if (!known) this.#beginnings.set(beginning, { words: [word], lengths: [word.length] });
    else {
      known.words.push(word);
      if (!known.lengths.includes(word.length)) known.lengths.push(word.length);
    }
  }

  /**
   * @param ends where the letters may end within a word
   * @param alike how letters are made alike before they are compared
   */
  blot(
    letters: string,
    ends: (letters: string) => number[],
    alike: (letters: string) => string = (same) => same,
  ): string {
    if (this.#words.size === 0) return letters;
    const searched = alike(letters);
    let hidden = letters;
    const hide = (from: number, length: number): void => {
      hidden = hidden.slice(0, from) + HIDDEN.repeat(length) + hidden.slice(from + length);
    };
    for (let at = 0; at + SHORTEST <= searched.length; at++) {
      for (const length of this.#beginnings.get(searched.slice(at, at + SHORTEST))?.lengths ?? []) {
        if (this.#words.has(searched.slice(at, at + length))) hide(at, length);
      }
    }
    for (const end of ends(searched)) {
      const length = this.#cutWordBefore(searched, end);
      if (length > 0) hide(end - length, length);
    }
    return hidden;
  }

  /** @returns how much of a word stands before `end` */
  #cutWordBefore(searched: string, end: number): number {
    for (let at = Math.max(0, end - this.#longest); at + SHORTEST <= end; at++) {
      const piece = searched.slice(at, end);
      const beginning = this.#beginnings.get(piece.slice(0, SHORTEST));
      if (beginning?.words.some((word) => word.startsWith(piece))) return piece.length;
    }
    return 0;
  }
}
