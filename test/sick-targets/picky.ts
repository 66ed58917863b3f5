import type { Socket } from "node:net";
import { type CIMMsgData, CIMSessionType, commands, type Frame } from "../../codegen/index.ts";
import { type Mutant, startServer } from "../../server-ref/index.ts";
import { mutantByName } from "../../server-ref/mutants/index.ts";
import { changeEffects } from "../../server-ref/mutants/wrap/handlers.ts";
import { type StoredMessage, wrapStore } from "../../server-ref/mutants/wrap/store.ts";
import { trustUserIds } from "../../server-ref/mutants/wrap/users.ts";
import { Front, type Link, type Sickness } from "./front.ts";
import type { RunningSickTarget, SickTarget } from "./sick-target.ts";

const { kCIM_SESSION_TYPE_GROUP: GROUP, kCIM_SESSION_TYPE_SINGLE: SINGLE } = CIMSessionType;

/** Largest signed number of 32 bits. */
const INT32_MAX = 2n ** 31n - 1n;
/** Packets of one read that are looked at. */
const PACKETS_OF_A_READ = 1_000;
/** Packets to one connection that fit into its queue. */
const QUEUE = 80;

function target(name: string, title: string, sickness: () => Sickness): SickTarget {
  return {
    name,
    title,
    async start() {
      const front = await Front.start(sickness());
      return { target: front.target, http: front.http, stop: () => front.stop() };
    },
  };
}

/** A reference server with a mistake of its own. */
async function startMutant(mutant: Mutant): Promise<RunningSickTarget> {
  const options = { tcp: 0, ws: 0, http: 0, store: "memory:", passwordCost: 1, log: () => {} } as const;
  const server = await startServer({ ...options, mutants: [mutant] });
  return {
    target: `tcp://127.0.0.1:${server.ports.tcp}`,
    http: `http://127.0.0.1:${server.ports.http}`,
    stop: () => server.stop(200),
  };
}

function messageOf({ header, body }: Frame): CIMMsgData | undefined {
  if (header.command_id !== commands.MSG_DATA.id) return undefined;
  try {
    return commands.MSG_DATA.body.decode(body);
  } catch {
    // What cannot be read is for the server behind.
    return undefined;
  }
}

/** Swallows messages that fit. */
function ignoring(fits: (message: CIMMsgData) => boolean): Sickness {
  return {
    onRequest(frame) {
      const message = messageOf(frame);
      return message !== undefined && fits(message);
    },
  };
}

/** Puts contents into its statements as they are. */
export const refusesQuotes: SickTarget = target("refuses-quotes", "leaves a text with a quote unanswered", () =>
  ignoring(({ msg_data }) => msg_data.includes(0x27)),
);

/** Has a column of three bytes for a character. */
export const dropsEmoji: SickTarget = target(
  "drops-emoji",
  "leaves a text with a character of four bytes unanswered",
  () => ignoring(({ msg_data }) => msg_data.some((byte) => byte >= 0xf0)),
);

/** Knows texts, and throws where it looks for what to do with a file. */
export const dropsFiles: SickTarget = target("drops-files", "leaves messages of type 2 unanswered", () =>
  ignoring(({ msg_type }) => msg_type === 2),
);

/** Checks after it has stored. */
export const storesWhatItRefuses: SickTarget = {
  name: "stores-what-it-refuses",
  title: "leaves a text with a quote unanswered, and stores it",
  async start() {
    const mutant: Mutant = {
      name: "checked-when-stored",
      title: "leaves a text with a quote unanswered, and stores it",
      breaks: ["MSG-14", "MSG-20"],
      story: "The search index refuses the text when the row is there already.",
      apply(seams) {
        changeEffects(seams, commands.MSG_DATA, (effects, { message }) =>
          message.msg_data.includes(0x27) ? [] : effects,
        );
      },
    };
    return await startMutant(mutant);
  },
};

/** Keeps ids in signed numbers of 32 bits. */
export const refusesLargeIds: SickTarget = target("refuses-large-ids", "takes no receiver above 2^31-1", () =>
  ignoring(({ to_session_id }) => to_session_id > INT32_MAX && to_session_id < 2n ** 63n),
);

/** Looks at so many packets of a read and throws away the rest. */
export const dropsTheEndOfReads: SickTarget = target(
  "drops-the-end-of-reads",
  "drops what is behind the 1,000th packet of a read",
  () => {
    const handled = new Map<Socket, number>();
    return {
      onRequest(_frame: Frame, { client }: Link) {
        const count = (handled.get(client) ?? 0) + 1;
        if (count === 1) setImmediate(() => handled.delete(client));
        handled.set(client, count);
        return count > PACKETS_OF_A_READ;
      },
    };
  },
);

/** Has a queue for each connection and drops what does not fit: pushes come until somebody asks for something. */
export const dropsPushesOfACrowd: SickTarget = target(
  "drops-pushes-of-a-crowd",
  "pushes 80 messages to a connection at most between two requests of its user",
  () => {
    const pushed = new Map<Socket, number>();
    return {
      onRequest({ header }: Frame, { client }: Link) {
        if (header.command_id !== commands.MSG_DATA_ACK.id) pushed.set(client, 0);
        return false;
      },
      onAnswer(frame: Frame, { client }: Link) {
        if (frame.header.command_id !== commands.MSG_DATA.id) return false;
        const count = (pushed.get(client) ?? 0) + 1;
        pushed.set(client, count);
        return count > QUEUE;
      },
    };
  },
);

/** Stores messages and lists them, and tells nobody. */
export const pushesNothing: SickTarget = target("pushes-nothing", "pushes no message to anybody", () => ({
  onAnswer: ({ header }: Frame) => header.command_id === commands.MSG_DATA.id,
}));

/** Takes every read for whole packets. */
export const losesSplitPackets: SickTarget = {
  name: "loses-split-packets",
  title: "loses a packet that comes in two reads",
  async start() {
    const mutant = mutantByName("partial-packet-lost");
    if (mutant === undefined) throw new Error("there is no mutant that loses parts of packets");
    return await startMutant(mutant);
  },
};

/** Takes who acts from the body of a request. */
export const trustsIds: SickTarget = {
  name: "trusts-ids",
  title: "changes groups and calls in the name of whoever the body names",
  async start() {
    const mutant: Mutant = {
      name: "ids-trusted",
      title: "changes groups and calls in the name of whoever the body names",
      breaks: ["LOGIN-17"],
      story: "The acting user is a field of the request.",
      apply(seams) {
        trustUserIds(seams, [
          commands.GROUP_INVITE_MEMBER_REQ,
          commands.GROUP_KICK_OUT_MEMBER_REQ,
          commands.GROUP_EXIT_REQ,
          commands.VOIP_INVITE_REQ,
          commands.VOIP_INVITE_REPLY,
          commands.VOIP_BYE_REQ,
        ]);
      },
    };
    return await startMutant(mutant);
  },
};

/** Looks up who wrote to a number, and not to what. */
export const showsGroupsToTwins: SickTarget = {
  name: "shows-groups-to-twins",
  title: "shows a group's messages in the one-to-one history of the user with the group's number",
  async start() {
    const mutant: Mutant = {
      name: "receiver-without-kind",
      title: "shows a group's messages in the one-to-one history of the user with the group's number",
      breaks: ["SESS-07"],
      story: "The query names sender and receiver, and the kind of session was forgotten.",
      apply(seams) {
        const inGroups: StoredMessage[] = [];
        wrapStore(seams, (store) => ({
          append: async (message) => {
            const outcome = await store.append(message);
            if (outcome.outcome === "stored" && message.session_type === GROUP) inGroups.push(outcome.message);
            return outcome;
          },
          history: async (conversation, page) => {
            const { self, session_id, session_type } = conversation;
            const rows = await store.history(conversation, page);
            const more = inGroups.filter((one) => one.from_user_id === session_id && one.to_session_id === self);
            return session_type === SINGLE ? [...(rows ?? []), ...more] : rows;
          },
        }));
      },
    };
    return await startMutant(mutant);
  },
};
