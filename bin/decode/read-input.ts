import { existsSync, readFileSync, statSync } from "node:fs";
import { CuppingError } from "../../harness/errors.ts";
import { bytesOfDump } from "./dump.ts";

/** Bytes to decode, and what to call them in a message. */
export interface Input {
  name: string;
  bytes: Buffer;
}

const HEX = /^(?:0x)?[0-9a-f\s:]*$/i;

/** The bytes that hexadecimal digits stand for; white space, colons and a leading 0x are passed over. */
function fromHex(text: string, name: string): Input {
  const digits = text.trim().replace(/^0x/i, "").replace(/[\s:]/g, "");
  if (digits.length % 2 === 1) {
    throw new CuppingError(
      "usage",
      `${name} has ${digits.length} hexadecimal digits, but bytes need an even number of them`,
    );
  }
  return { name, bytes: Buffer.from(digits, "hex") };
}

/** A file's content: a dump and hexadecimal text are taken as the digits they show, anything else as the bytes themselves. */
function fromContent(content: Buffer, name: string): Input {
  const text = content.toString("latin1");
  const dumped = bytesOfDump(text, name);
  if (dumped) return { name, bytes: dumped };
  return HEX.test(text) ? fromHex(text, name) : { name, bytes: content };
}

/**
 * What the command line names: a file where there is one of that name, hexadecimal digits otherwise.
 * @throws CuppingError `usage` when it is neither
 */
export function readArgument(argument: string): Input {
  if (existsSync(argument)) {
    if (statSync(argument).isDirectory())
      throw new CuppingError("usage", `${argument} is a directory; expected a file`);
    return fromContent(readFileSync(argument), argument);
  }
  if (!HEX.test(argument)) {
    throw new CuppingError("usage", `"${argument}" is neither a file nor hexadecimal digits`);
  }
  return fromHex(argument, `"${argument.length > 40 ? `${argument.slice(0, 40)}…` : argument}"`);
}

/** Everything on standard input. */
export async function readStandardInput(): Promise<Input> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return fromContent(Buffer.concat(chunks), "standard input");
}
