import type { CheckExample } from "../result/index.ts";

/** What can be wrong with a history of concurrent operations, each with the sentence that says why it cannot be. */
export const anomalies = {
  "lost after acknowledgement": "What is acknowledged is stored (MSG-03).",
  "done although refused": "Its sender was told that it was refused, so it leaves no trace (MSG-20).",
  "never acknowledged": "Its sender stayed connected, so it had to be answered (MSG-04).",
  phantom: "Nobody sent it.",
  "content changed": "What comes is what was sent, byte for byte (MSG-14).",
  duplicate: "It was sent once (MSG-07).",
  "id reused": "Distinct messages of a conversation never share an id (MSG-05).",
  "id differs": "Acknowledgement, push and history name one message by one id (PUSH-02).",
  "id not increasing": "The ids of a conversation grow strictly (MSG-05).",
  "order swapped": "What one connection sent comes in the order in which it was sent (PUSH-05).",
  "orders differ between members": "A conversation has one order for all its members (MSG-05).",
  "stale history": "It was acknowledged before this history was asked for.",
  "own send missing": "The reader sent it and had the acknowledgement before asking.",
  "page gap or overlap": "Walking back page by page gives every message exactly once (HIST-05).",
  "short page": "A page is shorter than was asked for only at the beginning of the history (HIST-14).",
  "unread drift": "Unread is what others wrote and the reader has not read (UNREAD-01, UNREAD-02).",
  "leak across sessions": "Only the members of a conversation see its messages (PUSH-03, HIST-11).",
  "push missing": "The receiver was connected all the time (PUSH-01, PUSH-03).",
  "push missing after reconnect": "The receiver had logged in again before it was sent (CONN-20).",
  "own push": "The sending connection gets no push of its own message (PUSH-04).",
} as const;

/** Name of an anomaly. */
export type AnomalyName = keyof typeof anomalies;

/** An anomaly in two sentences: what was seen, and why that cannot be. */
export function describeAnomaly(
  name: AnomalyName,
  seen: string,
  details: NonNullable<CheckExample["details"]> = {},
): CheckExample {
  return { text: `${seen}. ${anomalies[name]}`, details: { anomaly: name, ...details } };
}
