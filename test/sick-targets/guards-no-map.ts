import type { Socket } from "node:net";
import { commands } from "../../codegen/index.ts";
import { Front } from "./front.ts";
import type { SickTarget } from "./sick-target.ts";

/**
 * Its map of users is written when one logs in and when one leaves, and nothing guards it: two at the same time end the
 * process, as they do CoffeeChat's gate.
 */
export const guardsNoMap: SickTarget = {
  name: "guards-no-map",
  title: "dies when a user logs in or leaves while another does",
  async start() {
    const users = new WeakSet<Socket>();
    const atTheMap = new Set<Socket>();
    const enter = (client: Socket, front: Front): void => {
      if (atTheMap.size > 0 && !atTheMap.has(client)) front.crashForGood();
      atTheMap.add(client);
    };
    const front = await Front.start({
      onConnect(client, front) {
        const forget = (): void => {
          // Whom it has closed itself it has forgotten before.
          if (users.has(client) && !client.writableEnded) enter(client, front);
        };
        client.once("end", forget);
        client.once("close", () => atTheMap.delete(client));
        return false;
      },
      onRequest({ header }, { client }, front) {
        if (header.command_id === commands.LOGIN_AUTH_REQ.id) enter(client, front);
        return false;
      },
      onAnswer({ header }, { client }) {
        if (header.command_id !== commands.LOGIN_AUTH_RSP.id) return false;
        users.add(client);
        atTheMap.delete(client);
        return false;
      },
    });
    return { target: front.target, http: front.http, stop: () => front.stop() };
  },
};
