import { readFileSync } from "node:fs";

/**
 * The text of a file that a person, or a person's editor, wrote: UTF-8, with or without a byte-order mark.
 * @throws Error as the system has it, or one that says what the bytes are instead
 */
export function readText(path: string): string {
  return decodeText(readFileSync(path));
}

/** The text in the bytes of such a file. @throws Error that says what the bytes are instead */
export function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new Error(`it is ${encodingOf(bytes)}; expected text in UTF-8`, { cause });
  }
}

function encodingOf([first, second]: Uint8Array): string {
  const isWide = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  return isWide ? "text in UTF-16" : "no text in UTF-8";
}
