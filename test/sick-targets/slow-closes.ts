import type { Socket } from "node:net";
import { CIMErrorCode, commands } from "../../codegen/index.ts";
import { Front } from "./front.ts";
import type { SickTarget } from "./sick-target.ts";

/** How old a connection that has not logged in may become, in milliseconds. */
const LOGIN_MS = 2_000;
/** Pause between two looks at the connections, each of which ends one at most, in milliseconds. */
const LOOK_MS = 1_000;

/** Ends one connection a second at most, however many have not logged in in time. */
export const closesOneASecond: SickTarget = {
  name: "closes-one-a-second",
  title: "ends one connection a second at most of those that did not log in within 2 s",
  async start() {
    const strangers = new Map<Socket, number>();
    const front = await Front.start(
      {
        onConnect(client) {
          strangers.set(client, performance.now());
          client.once("close", () => strangers.delete(client));
          return false;
        },
        onAnswer({ header, body }, { client }) {
          if (header.command_id !== commands.LOGIN_AUTH_RSP.id) return false;
          const { result_code } = commands.LOGIN_AUTH_RSP.body.decode(body);
          if (result_code === CIMErrorCode.kCIM_ERR_SUCCESS) strangers.delete(client);
          return false;
        },
      },
      { login: 600_000, heartbeat: 600_000 },
    );
    front.every(LOOK_MS, () => {
      const latest = performance.now() - LOGIN_MS;
      const late = [...strangers].find(([, since]) => since <= latest);
      late?.[0].end();
    });
    return front;
  },
};
