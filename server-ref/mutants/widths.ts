import { commands } from "../../codegen/index.ts";
import { defineMutant, type Mutant } from "./define.ts";
import { changeRequest } from "./wrap/handlers.ts";
import { wrapStore } from "./wrap/store.ts";

/** Mutants that keep a number in fewer bits than the contract gives it. */
export const widthMutants: readonly Mutant[] = [
  defineMutant({
    name: "receiver-as-a-double",
    breaks: ["MSG-21"],
    title: "sends messages to the id that a double makes of the receiver's",
    story: "Ids go through JSON between two of the server's processes.",
    apply(seams) {
      changeRequest(seams, commands.MSG_DATA, ({ to_session_id }) => ({
        to_session_id: BigInt.asUintN(64, BigInt(Number(to_session_id))),
      }));
    },
  }),
  defineMutant({
    name: "read-position-is-signed",
    breaks: ["READ-03"],
    title: "reads nothing when msg_id of a receipt is 2^31 or more",
    story: "Read marks are kept as signed numbers of 32 bits, since no conversation has so many messages.",
    apply(seams) {
      wrapStore(seams, (store) => ({
        markRead: async (conversation, upTo) =>
          BigInt.asIntN(32, upTo) < 0n || (await store.markRead(conversation, upTo)),
      }));
    },
  }),
  defineMutant({
    name: "end-of-page-is-signed",
    breaks: ["HIST-02"],
    title: "finds no messages below an id of 2^31 or more",
    story: "end_msg_id becomes a signed number of 32 bits, and everything lies above a negative one.",
    apply(seams) {
      wrapStore(seams, (store) => ({
        history: async (conversation, page) =>
          BigInt.asIntN(32, page.end_msg_id) < 0n ? [] : await store.history(conversation, page),
      }));
    },
  }),
  defineMutant({
    name: "groups-in-32-bits",
    breaks: ["GROUP-19"],
    title: "gives info about the group whose id the lower 32 bits are",
    story: "The key of the cache of groups has 32 bits.",
    apply(seams) {
      wrapStore(seams, (store) => ({
        groups: (ids) => store.groups(ids.map((id) => BigInt.asUintN(32, id))),
      }));
    },
  }),
];
