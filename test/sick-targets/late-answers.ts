import type { Socket } from "node:net";
import type { Command } from "../../codegen/index.ts";
import { Front } from "./front.ts";
import type { SickTarget } from "./sick-target.ts";

/**
 * Answers one command so late, and what was asked behind it on the connection no sooner.
 * @param what the command in words, as a name of a target ends
 */
export function answersLate(what: string, asked: readonly Command[], delayMs: number): SickTarget {
  const late: ReadonlySet<number | undefined> = new Set(asked.map(({ replyId }) => replyId));
  return {
    name: `answers-${what}-${delayMs}-ms-late`,
    title: `answers ${what} ${delayMs} ms late, and what was asked behind them no sooner`,
    async start() {
      const held = new Map<Socket, Buffer[]>();
      return await Front.start({
        onAnswer({ header, bytes }, { client }) {
          const waiting = held.get(client);
          if (waiting) {
            waiting.push(Buffer.from(bytes));
            return true;
          }
          if (!late.has(header.command_id)) return false;
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
