/** Says which message this is: carried by every message, read again by whoever sees it. */
export interface MessageMark {
  /** Tag of the run, 32 bits. */
  run: number;
  /** Number of the sending user within the run, 28 bits. */
  sender: number;
  /** Number of the conversation within the run, 28 bits. */
  conversation: number;
  /** How many messages this sender had sent in this conversation before, 32 bits. */
  index: number;
}

const hex: readonly string[] = Array.from({ length: 65_536 }, (_, value) => value.toString(16).padStart(4, "0"));

/**
 * The mark as a `client_msg_id`. It is a well-formed UUID (version 8, RFC 9562, whose bits are free), since servers
 * may expect one (MSG-01), and it comes back in acknowledgements, pushes and history alike, so that nobody has to
 * remember what was sent.
 */
export function encodeMark(mark: MessageMark): string {
  const { run, sender, conversation, index } = mark;
  return (
    `${hex[run >>> 16]}${hex[run & 0xffff]}-${hex[sender >>> 12]}-8${hex[sender & 0xfff]?.slice(1)}` +
    `-8${hex[conversation >>> 16]?.slice(1)}-${hex[conversation & 0xffff]}${hex[index >>> 16]}${hex[index & 0xffff]}`
  );
}

/** @returns undefined when the text is no mark of any run */
export function decodeMark(text: string): MessageMark | undefined {
  if (text.length !== 36 || text.charCodeAt(14) !== 0x38 || text.charCodeAt(19) !== 0x38) return undefined;
  const run = hexNumber(text, 0, 8);
  const sender = hexNumber(text, 9, 13) * 0x1000 + hexNumber(text, 15, 18);
  const conversation = hexNumber(text, 20, 23) * 0x10000 + hexNumber(text, 24, 28);
  const index = hexNumber(text, 28, 36);
  // A character that is no digit makes the sum NaN.
  if (Number.isNaN(run + sender + conversation + index)) return undefined;
  return { run, sender, conversation, index };
}

function hexNumber(text: string, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    const digit = code >= 48 && code <= 57 ? code - 48 : code >= 97 && code <= 102 ? code - 87 : Number.NaN;
    value = value * 16 + digit;
  }
  return value;
}
