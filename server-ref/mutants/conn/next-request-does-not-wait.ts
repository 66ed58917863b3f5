import { setTimeout as delay } from "node:timers/promises";
import type { Mutant } from "../mutant.ts";
import { wrapStore } from "../wrap/store.ts";

const QUEUED_MS = 30;

/** CONN-16: handles the next request while a message still waits to be stored. */
export const nextRequestDoesNotWait: Mutant = {
  name: "next-request-does-not-wait",
  breaks: ["CONN-16"],
  title: "handles the next request while a message still waits to be stored",
  story: "Messages go through a queue of their own, and whoever reads history does not look into it.",
  apply(seams) {
    wrapStore(seams, (store) => ({
      append: async (message) => {
        await delay(QUEUED_MS);
        return await store.append(message);
      },
    }));
  },
};
