/**
 * What a target may leave out. A capability of origin `upstream` is there in CoffeeChat itself; one of origin
 * `extension` groups `[imp]` and `[ours]` rules; a `choice` is freedom that a target must declare when it uses it.
 */
export interface CapabilityInfo {
  readonly origin: "upstream" | "extension" | "choice";
  readonly title: string;
}

const table = {
  "http-api": { origin: "upstream", title: "registration and nicknames over HTTP" },
  "token-login": { origin: "upstream", title: "login by user id and token" },
  groups: { origin: "upstream", title: "groups and their messages" },
  "user-list": { origin: "upstream", title: "the list of registered users" },
  calls: { origin: "upstream", title: "voice and video call signalling" },
  robots: { origin: "upstream", title: "the two robots and their answers" },

  reassembly: { origin: "extension", title: "packets that arrive in pieces" },
  "frame-limits": { origin: "extension", title: "closing on bad lengths, the size floor, memory by arrival" },
  robustness: {
    origin: "extension",
    title: "absurd input, slow readers, concurrency and thousands of something harm nobody else",
  },
  "failure-answers": { origin: "extension", title: "an error answer instead of silence when the store fails" },
  "token-checks": { origin: "extension", title: "wrong, empty and missing tokens are told apart from good ones" },
  "stored-nicknames": { origin: "extension", title: "the stored nickname wins over the one a client sends" },
  "identity-checks": { origin: "extension", title: "nobody acts in another user's name" },
  logout: { origin: "extension", title: "the logout request" },
  deduplication: { origin: "extension", title: "a message sent twice is stored once" },
  "separate-id-spaces": { origin: "extension", title: "a user and a group may have the same number" },
  "message-type-checks": { origin: "extension", title: "message types that clients may not send are refused" },
  "content-fidelity": { origin: "extension", title: "message content comes back byte for byte" },
  "clean-refusals": { origin: "extension", title: "a refused message leaves no trace" },
  "large-ids": { origin: "extension", title: "user and group ids of 32 bits and more" },
  "multi-device": { origin: "extension", title: "the sender's and the reader's other devices are told" },
  "read-position": { origin: "extension", title: "reading up to a message instead of all" },
  "private-read-state": { origin: "extension", title: "reading touches nobody else's counters" },
  "group-unread": { origin: "extension", title: "unread counts in groups" },
  "group-sessions": { origin: "extension", title: "group sessions of all members move and appear" },
  "access-control": { origin: "extension", title: "only members and partners read a conversation" },
  "message-lookup": { origin: "extension", title: "latest message id and messages by id" },
  "notification-ids": { origin: "extension", title: "notifications carry the same ids in push and history" },
  "member-sets": { origin: "extension", title: "members are a set, and the owner stays" },
  "documented-limits": {
    origin: "extension",
    title:
      "what CoffeeChat documents and does not keep: pages of 100 messages, group names of 128 characters, a nickname each time",
  },
  "group-limits": { origin: "extension", title: "the limit of 200 members" },
  "group-notifications": { origin: "extension", title: "notifications of joining, leaving, removal and disbanding" },
  "group-permissions": { origin: "extension", title: "who may invite and remove" },
  "call-supervision": {
    origin: "extension",
    title: "calls end by time, by loss of a party, and only by their parties",
  },
  "robot-answers": { origin: "extension", title: "robots answer offline, with ids in the push" },
  "verbatim-names": { origin: "extension", title: "any text as user name and nickname" },
  "registration-limit": { origin: "extension", title: "at most 100 registrations per hour" },

  "session-filter": { origin: "choice", title: "latest_update_time filters the session list (SESS-06)" },
  "owner-handover": { origin: "choice", title: "an owner who leaves hands the group over (GROUP-15)" },
} as const;

/** Name of one capability. */
export type Capability = keyof typeof table;

/** Every capability with its origin and title. */
export const capabilities: Readonly<Record<Capability, CapabilityInfo>> = table;
