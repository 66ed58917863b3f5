/** What clients flood the server with. */
export const floodNames = [
  "history pages",
  "session lists",
  "undecodable bodies",
  "unknown commands",
  "heartbeats",
  "messages",
] as const;
export type FloodName = (typeof floodNames)[number];

/** Everybody who floods writes to this user, and asks for the history with them. */
export const HISTORY_OF = 1_000_000n;
