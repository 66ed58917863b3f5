import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, inflateRawSync } from "node:zlib";
import { passwordDigest } from "../../harness/client/index.ts";

/** Accounts whose words are told from anything else by their first letters. */
export interface MarkedAccounts {
  /** Content of a users file. */
  readonly csv: string;
  /** Every digest that logs somebody in. */
  readonly digests: ReadonlySet<string>;
}

/** First letters of every name, password and token. */
const MARKS = /qz(name|pass|token)-\d+/i;

/** @param count accounts; the first 60 have a token and an id beyond 31 bits */
export function markedAccounts(count: number): MarkedAccounts {
  const numbers = Array.from({ length: count }, (_, index) => index);
  const lines = numbers.map(
    (n) => `${n < 60 ? 3_000_000_001 + n : 5_000 + n},qzname-${n},qzpass-${n},${n < 60 ? `qztoken-${n}` : ""}`,
  );
  return {
    csv: `user_id,user_name,password,token\n${lines.join("\n")}\n`,
    digests: new Set(numbers.map((n) => passwordDigest(`qzpass-${n}`))),
  };
}

/** Where a word of an account stands in what a run has written: `file: …what stands around it…`. */
export function leaksIn(folder: string, printed: Readonly<Record<string, string>>, accounts: MarkedAccounts): string[] {
  // A run that ended before it had anything to write leaves no folder.
  const files = (existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }) : []).filter(
    (entry) => entry.isFile(),
  );
  const texts = files.map((entry) => {
    const path = join(entry.parentPath, entry.name);
    const bytes = readFileSync(path);
    return [
      path.slice(folder.length + 1),
      (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("latin1"),
    ] as const;
  });
  return [...texts, ...Object.entries(printed)].flatMap(([name, text]) =>
    [...viewsOf(text)].flatMap(([view, content]) =>
      wordsIn(content, accounts).map((word) => `${name} (${view}): ${word}`),
    ),
  );
}

/** A text as it is, and every run of hexadecimal or base64 digits in it as the bytes that they stand for. */
function* viewsOf(text: string): Generator<[view: string, content: string]> {
  yield ["text", text];
  yield ["hexadecimal", runs(text, /[0-9a-f]{12,}/gi, (run) => [run, run.slice(1)].map((one) => decode(one, "hex")))];
  const base64 = (run: string): string[] => [0, 1, 2, 3].map((shift) => decode(run.slice(shift), "base64"));
  yield ["base64", runs(text, /[A-Za-z0-9+/_-]{12,}/g, base64)];
  yield ["packed", runs(text, /[A-Za-z0-9+/]{100,}={0,2}/g, (run) => [unpack(Buffer.from(run, "base64"))])];
}

function runs(text: string, pattern: RegExp, open: (run: string) => string[]): string {
  return (text.match(pattern) ?? []).flatMap(open).join("\n");
}

const decode = (text: string, encoding: BufferEncoding): string => Buffer.from(text, encoding).toString("latin1");

function unpack(bytes: Buffer): string {
  for (const open of [gunzipSync, inflateRawSync]) {
    try {
      return open(bytes).toString("latin1");
    } catch {
      // It was packed in another way, or not at all.
    }
  }
  return "";
}

function wordsIn(content: string, { digests }: MarkedAccounts): string[] {
  const words: string[] = [];
  const marked = MARKS.exec(content);
  if (marked) words.push(content.slice(Math.max(0, marked.index - 40), marked.index + 30));
  for (const [run] of content.matchAll(/[0-9a-f]{32,}/gi)) {
    for (let at = 0; at + 32 <= run.length; at++) {
      if (digests.has(run.slice(at, at + 32).toLowerCase())) words.push(run.slice(at, at + 32));
    }
  }
  return [...new Set(words)].slice(0, 3);
}
