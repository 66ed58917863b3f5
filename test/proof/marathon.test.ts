import { describe, expect, test } from "vitest";
import { CIMSessionType } from "../../codegen/index.ts";
import type { CaseResult } from "../../harness/result/index.ts";
import { suiteCases } from "../../scenarios/conformance/index.ts";
import type { Mutant } from "../../server-ref/index.ts";
import { changeSessions, wrapStore } from "../../server-ref/mutants/wrap/store.ts";
import type { Seams } from "../../server-ref/seams.ts";
import { asMutant, type DifferentServer, differentServers } from "../peers/different.ts";
import { startProxy } from "../peers/proxy.ts";
import { runCases } from "./run.ts";
import { PROOF_TIMERS, startProofServer } from "./server.ts";

const { kCIM_SESSION_TYPE_GROUP: GROUP } = CIMSessionType;
const SEED = 7;
/** More steps than this are no short history. */
const FEW = 6;

const marathon = suiteCases.filter(({ id }) => id === "SYS-02/marathon");

/** Plays the marathon against the reference server with something changed. */
async function play(
  { name, title, apply, passage }: DifferentServer,
  { seed = SEED, timeoutScale = 1 } = {},
): Promise<CaseResult> {
  const mutants: Mutant[] = [asMutant({ name, title, ...(apply && { apply }) })];
  const timers = { ...PROOF_TIMERS, heartbeat: 30_000, login: 10_000 };
  const through = passage && ((address: Parameters<typeof startProxy>[0]) => startProxy(address, passage));
  const server = await startProofServer(false, { seed, mutants, timers, ...(through && { through }) });
  try {
    const [result] = await runCases(marathon, { ...server.around, timeoutScale });
    return result as CaseResult;
  } finally {
    await server.stop();
  }
}

/** Servers with one believable mistake that shows only in a large world or after a long history. */
const wrongServers: (DifferentServer & { apply(seams: Seams): void; expected: string })[] = [
  {
    name: "unread-ends-at-99",
    title: "counts no more than 99 unread messages",
    expected: "unread count",
    apply(seams) {
      changeSessions(seams, (sessions) =>
        sessions.map((one) => ({ ...one, unread_cnt: Math.min(99, one.unread_cnt) })),
      );
    },
  },
  {
    name: "unread-in-seven-bits",
    title: "keeps the unread count in seven bits",
    expected: "unread count",
    apply(seams) {
      changeSessions(seams, (sessions) => sessions.map((one) => ({ ...one, unread_cnt: one.unread_cnt % 128 })));
    },
  },
  {
    name: "group-reading-goes-back",
    title: "takes the read mark of a group back when an older receipt comes",
    expected: "unread count",
    apply(seams) {
      const marks = new Map<string, bigint>();
      const place = (self: bigint, group: bigint): string => `${self} ${group}`;
      wrapStore(seams, (store) => ({
        markRead: async (conversation, upTo) => {
          const done = await store.markRead(conversation, upTo);
          if (done && conversation.session_type === GROUP) {
            const newest = (await store.newestMessage(conversation))?.server_msg_id ?? 0n;
            marks.set(place(conversation.self, conversation.session_id), upTo === 0n || upTo > newest ? newest : upTo);
          }
          return done;
        },
      }));
      changeSessions(seams, async (sessions, self, store) => {
        const shown = sessions.map(async (one) => {
          const mark = one.session_type === GROUP ? marks.get(place(self, one.session_id)) : undefined;
          if (mark === undefined) return one;
          const page = { end_msg_id: 0n, limit: 10_000 };
          const key = { self, session_type: GROUP, session_id: one.session_id };
          const own = (from: bigint): boolean => from === self;
          const later = ((await store.history(key, page)) ?? []).filter(({ server_msg_id }) => server_msg_id > mark);
          const behindOwn = later.slice(later.findLastIndex(({ from_user_id }) => own(from_user_id)) + 1);
          return { ...one, unread_cnt: behindOwn.length };
        });
        return await Promise.all(shown);
      });
    },
  },
  {
    name: "ten-devices",
    title: "pushes to ten devices of a user",
    expected: "is pushed to carol/11",
    apply({ fanOut }) {
      const { recipients } = fanOut;
      fanOut.recipients = (push, user, connections, origin) => recipients(push, user, connections, origin).slice(0, 10);
    },
  },
  {
    name: "returned-without-pushes",
    title: "pushes nothing to a member who left and came back",
    expected: "is pushed to",
    apply(seams) {
      const left = new Set<bigint>();
      wrapStore(seams, (store) => ({
        leaveGroup: async (act) => {
          left.add(act.by);
          return await store.leaveGroup(act);
        },
        append: async (message) => {
          const outcome = await store.append(message);
          if (outcome.outcome !== "stored" || message.session_type !== GROUP) return outcome;
          return { ...outcome, recipients: outcome.recipients.filter((one) => !left.has(one)) };
        },
      }));
    },
  },
  {
    name: "first-190-members",
    title: "pushes a group's message to its first 190 members",
    expected: "is pushed to",
    apply(seams) {
      wrapStore(seams, (store) => ({
        append: async (message) => {
          const outcome = await store.append(message);
          if (outcome.outcome !== "stored" || message.session_type !== GROUP) return outcome;
          return { ...outcome, recipients: outcome.recipients.slice(0, 190) };
        },
      }));
    },
  },
  {
    name: "remembers-the-last-thousand",
    title: "knows a message that is sent again among the sender's last thousand alone",
    expected: "sent again",
    apply(seams) {
      const sent = new Map<bigint, string[]>();
      let again = 0;
      wrapStore(seams, (store) => ({
        append: async (message) => {
          const ids = sent.get(message.from_user_id) ?? [];
          sent.set(message.from_user_id, ids);
          if (ids.includes(message.client_msg_id) && !ids.slice(-1_000).includes(message.client_msg_id)) {
            return await store.append({ ...message, client_msg_id: `${message.client_msg_id}-${++again}` });
          }
          ids.push(message.client_msg_id);
          return await store.append(message);
        },
      }));
    },
  },
  {
    name: "hundred-sessions",
    title: "ends the list of sessions at a hundred",
    expected: "one entry for session",
    apply(seams) {
      changeSessions(seams, (sessions) => sessions.slice(0, 100));
    },
  },
  {
    name: "fifty-groups",
    title: "ends the list of groups at fifty",
    expected: "groups in alice's list",
    apply(seams) {
      wrapStore(seams, (store) => ({ groupsOf: async (user) => (await store.groupsOf(user)).slice(0, 50) }));
    },
  },
];

describe("the marathon", () => {
  test.each([1, 2, 3])("is green on the reference server with seed %i", { timeout: 120_000 }, async (seed) => {
    const { status, reason } = await play({ name: "itself", title: "is right" }, { seed });
    expect(status, reason).toBe("passed");
  });

  test.each(differentServers)("is green on a server that $title ($name)", { timeout: 300_000 }, async (different) => {
    const isDelayed = different.name === "delayed";
    const { status, reason } = await play(different, { timeoutScale: isDelayed ? 4 : 1 });
    expect(status, reason).toBe("passed");
  });

  test.each(wrongServers)("finds a server that $title, in a few steps", { timeout: 120_000 }, async (wrong) => {
    const { status, reason, steps = [] } = await play(wrong);
    expect(status, reason).toBe("failed");
    expect(reason).toContain(wrong.expected);
    expect(steps.length).toBeLessThanOrEqual(FEW);
  });
});
