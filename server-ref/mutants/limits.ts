import { CIMSessionType, commands } from "../../codegen/index.ts";
import { defineMutant, type Mutant } from "./define.ts";
import { changeEffects } from "./wrap/handlers.ts";
import { changeAnswers } from "./wrap/packets.ts";
import { changeSessions, showMessagesAs, wrapStore } from "./wrap/store.ts";

const { kCIM_SESSION_TYPE_GROUP: GROUP } = CIMSessionType;

/** Mutants with limits that no rule has: nobody who wrote them has ever tried with more. */
export const limitMutants: readonly Mutant[] = [
  defineMutant({
    name: "unread-shows-99-at-most",
    breaks: ["UNREAD-01", "UNREAD-02"],
    title: "shows at most 99 unread messages",
    story: 'The badge says "99+" from there on, and the cap was put where the count is made.',
    apply(seams) {
      const MOST = 99;

      changeSessions(seams, (sessions) =>
        sessions.map((session) => ({ ...session, unread_cnt: Math.min(session.unread_cnt, MOST) })),
      );
    },
  }),
  defineMutant({
    name: "unread-in-seven-bits",
    breaks: ["UNREAD-01", "UNREAD-02"],
    title: "counts unread messages modulo 128",
    story: "The column is a TINYINT, and the driver cuts what does not fit.",
    apply(seams) {
      const BITS = 0x7f;

      changeSessions(seams, (sessions) =>
        sessions.map((session) => ({ ...session, unread_cnt: session.unread_cnt & BITS })),
      );
    },
  }),
  defineMutant({
    name: "at-most-a-hundred-sessions",
    breaks: ["SESS-01"],
    title: "lists the hundred newest sessions alone",
    story: "A LIMIT was added when one test account had made the list slow.",
    apply(seams) {
      const MOST = 100;

      changeSessions(seams, (sessions) => sessions.slice(0, MOST));
    },
  }),
  ...[190, 100].map((most) =>
    defineMutant({
      name: `group-push-to-the-first-${most}`,
      breaks: ["PUSH-03"],
      title: `pushes a group's message to its first ${most} members`,
      story: `Receivers are read in one batch of ${most}, which was more than any group of the test system had.`,
      apply(seams) {
        wrapStore(seams, (store) => ({
          append: async (message) => {
            const outcome = await store.append(message);
            if (outcome.outcome !== "stored" || message.session_type !== GROUP) return outcome;
            return { ...outcome, recipients: outcome.recipients.slice(0, most) };
          },
        }));
      },
    }),
  ),
  ...[10, 5].map((most) =>
    defineMutant({
      name: `pushes-to-${most}-connections`,
      breaks: ["PUSH-01"],
      companions: [
        { rule: "LOGIN-12", reason: "the connections that get nothing are logged in without being served in full" },
        { rule: "PUSH-03", reason: "a member's connections are as many in a group" },
        { rule: "PUSH-04", reason: "so are the sender's own" },
        { rule: "READ-04", reason: "a receipt is pushed as a message is" },
        { rule: "VOIP-04", reason: "an invitation is pushed as a message is" },
      ],
      title: `pushes to the first ${most} connections of a user alone`,
      story: `The table of a user's connections has ${most} places, and more log in without getting one.`,
      apply(seams) {
        const { recipients } = seams.fanOut;
        seams.fanOut.recipients = (push, userId, connections, origin) =>
          recipients(push, userId, connections.slice(0, most), origin);
      },
    }),
  ),
  defineMutant({
    name: "at-most-fifty-groups",
    breaks: ["GROUP-18"],
    title: "lists the first fifty groups of a user alone",
    story: "The list is a page of fifty, and the request has no field for the next one.",
    apply(seams) {
      const MOST = 50;

      changeAnswers(seams, commands.GROUP_LIST_RSP, ({ group_version_list }) => ({
        group_version_list: group_version_list?.slice(0, MOST) ?? [],
      }));
    },
  }),
  defineMutant({
    name: "duplicates-of-the-last-thousand",
    breaks: ["MSG-07"],
    title: "knows a sender's last 1,000 messages when one is sent again",
    story: "A ring of ids per sender saves the look-up in the database.",
    apply(seams) {
      const REMEMBERED = 1_000;
      const COPY = "#copy";

      const sent = new Map<bigint, string[]>();
      wrapStore(seams, (store) => ({
        append: async (message) => {
          const { from_user_id, client_msg_id } = message;
          const own = sent.get(from_user_id) ?? [];
          sent.set(from_user_id, own);
          const isForgotten = own.includes(client_msg_id) && !own.slice(-REMEMBERED).includes(client_msg_id);
          const copies = own.filter((id) => id === client_msg_id).length;
          const stored = isForgotten ? { ...message, client_msg_id: `${client_msg_id}${COPY}${copies}` } : message;
          own.push(client_msg_id);
          return await store.append(stored);
        },
      }));
      showMessagesAs(seams, (message) => ({ ...message, client_msg_id: message.client_msg_id.split(COPY)[0] ?? "" }));
    },
  }),
  defineMutant({
    name: "own-devices-without-group-messages",
    breaks: ["PUSH-04"],
    title: "does not push a group's message to the sender's other connections",
    story: "Members are walked over without the sender, who was meant to be the sending connection.",
    apply(seams) {
      changeEffects(seams, commands.MSG_DATA, (effects, { self, message }) =>
        effects.map((effect) =>
          effect.kind === "push" && message.session_type === GROUP
            ? { ...effect, users: effect.users.filter((user) => user !== self) }
            : effect,
        ),
      );
    },
  }),
  defineMutant({
    name: "notify-over-tcp-only",
    breaks: ["READ-04"],
    title: "tells nobody on a WebSocket connection what was read",
    story: "The list of commands that the WebSocket front passes on was written before receipts were.",
    apply(seams) {
      const { recipients } = seams.fanOut;
      seams.fanOut.recipients = (push, userId, connections, origin) =>
        recipients(push, userId, connections, origin).filter(
          ({ transport }) => push.command.id !== commands.MSG_READ_NOTIFY.id || transport === "tcp",
        );
    },
  }),
];
