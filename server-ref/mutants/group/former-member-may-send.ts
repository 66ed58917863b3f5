import type { Mutant } from "../mutant.ts";
import { wrapStore } from "../wrap/store.ts";

/** GROUP-16: lets members who have left go on sending to the group. */
export const formerMemberMaySend: Mutant = {
  name: "former-member-may-send",
  breaks: ["GROUP-16"],
  companions: [
    { rule: "GROUP-32", reason: "former members are not members" },
    { rule: "SESS-13", reason: "what former members send is refused" },
    { rule: "MSG-20", reason: "the message of a former member is one of those that are refused" },
  ],
  title: "lets members who have left go on sending to the group",
  story: "The sender's membership is cached when it is first asked for.",
  apply(seams) {
    const wasMember = new Set<string>();
    wrapStore(seams, (store) => ({
      leaveGroup: (act) => {
        wasMember.add(`${act.by} ${act.group_id}`);
        return store.leaveGroup(act);
      },
      append: async (message) => {
        const outcome = await store.append(message);
        if (outcome.outcome !== "refused" || !wasMember.has(`${message.from_user_id} ${message.to_session_id}`))
          return outcome;
        const [group] = await store.groups([message.to_session_id]);
        return group ? await store.append({ ...message, from_user_id: group.group_owner_id }) : outcome;
      },
    }));
  },
};
