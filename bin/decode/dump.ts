import { CuppingError } from "../../harness/errors.ts";

/** A line of `hexdump -C`, whose last one has an offset alone: `00000000  00 00 00 10  |....|`. */
const HEXDUMP = /^[0-9a-f]{8}(?: {2}((?:[0-9a-f]{2} {1,2})+) *\|.*\|)?$/i;
/** A line of `xxd`, or of `tcpdump -x`: `00000000: 0000 0010  ....`. */
const XXD = /^\s*(?:0x)?[0-9a-f]{4,8}: +((?:(?:[0-9a-f]{2}){1,2} )*(?:[0-9a-f]{2}){1,2})(?: .*)?$/i;
/** What stands for lines that repeat the one above. */
const REPEATED = "*";

/**
 * The bytes of a dump that a program has made for people, with offsets before them and text behind.
 * @param name what it is called in a message
 * @returns undefined when it is no such dump
 * @throws CuppingError `usage` for a dump that leaves lines out
 */
export function bytesOfDump(text: string, name: string): Buffer | undefined {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  const found = lines.filter((line) => line !== REPEATED).map((line) => HEXDUMP.exec(line) ?? XXD.exec(line));
  const digits = found.map((line) => line?.[1]?.replaceAll(" ", "") ?? "").join("");
  if (found.includes(null) || digits === "") return undefined;
  if (lines.includes(REPEATED)) {
    throw new CuppingError("usage", `${name} leaves out lines that repeat the one above: make it with hexdump -vC`);
  }
  return Buffer.from(digits, "hex");
}
