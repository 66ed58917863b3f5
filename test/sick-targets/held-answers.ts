import type { Socket } from "node:net";
import { cimRegistry, commands } from "../../codegen/index.ts";
import { Front } from "./front.ts";
import type { SickTarget } from "./sick-target.ts";

const LOGINS: readonly number[] = [commands.LOGIN_AUTH_RSP.id, commands.LOGIN_AUTH_TOKEN_RSP.id];
const ANSWERS: ReadonlySet<number | undefined> = new Set(cimRegistry.commands.map(({ replyId }) => replyId));

/**
 * Writes into a buffer that it empties when it reads.
 * @param what which answers stay in it: all but those to a login, or all
 */
export function holdsAnswers(what: "all" | "all-but-logins"): SickTarget {
  return {
    name: `holds-answers-${what}`,
    title: "sends each answer only when the next request has come",
    start() {
      const held = new WeakMap<Socket, Uint8Array[]>();
      return Front.start(
        {
          onRequest(_, { client }) {
            for (const bytes of held.get(client) ?? []) client.write(bytes);
            held.delete(client);
            return false;
          },
          onAnswer({ header, bytes }, { client }) {
            const isLogin = LOGINS.includes(header.command_id);
            if (!ANSWERS.has(header.command_id) || (isLogin && what === "all-but-logins")) return false;
            held.set(client, [...(held.get(client) ?? []), bytes]);
            return true;
          },
        },
        { login: 2_000, heartbeat: 3_000 },
      );
    },
  };
}
