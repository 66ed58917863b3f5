import type { Socket } from "node:net";
import { commands } from "../../codegen/index.ts";
import { Front } from "./front.ts";
import type { SickTarget } from "./sick-target.ts";

/** Answers each request for a session list so late, and what was asked behind it on the connection no sooner. */
export function listsLate(delayMs: number): SickTarget {
  return {
    name: `lists-${delayMs}-ms-late`,
    title: `answers each request for a session list ${delayMs} ms late, and what was asked behind it no sooner`,
    async start() {
      const held = new Map<Socket, Buffer[]>();
      return await Front.start({
        onAnswer({ header, bytes }, { client }) {
          const waiting = held.get(client);
          if (waiting) {
            waiting.push(Buffer.from(bytes));
            return true;
          }
          if (header.command_id !== commands.LIST_RECENT_CONTACT_SESSION_RSP.id) return false;
          held.set(client, [Buffer.from(bytes)]);
          setTimeout(() => {
            const all = held.get(client) ?? [];
            held.delete(client);
            if (!client.destroyed) client.write(Buffer.concat(all));
          }, delayMs);
          return true;
        },
      });
    },
  };
}
