import { createServer, type Server, type Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import { CIMErrorCode, commands, encodeFrame, Framer } from "../../codegen/index.ts";
import { Checker, PayloadFormat, Violations } from "../check/index.ts";
import { Recorder } from "../measure/index.ts";
import type { CloseCause } from "./link/close-cause.ts";
import type { UserHost, UserState } from "./user-host.ts";
import { VirtualUser } from "./virtual-user.ts";

const refusal = CIMErrorCode.kCIM_ERR_LOGIN_INVALID_USER_OR_PWD;

type Loss = readonly [user: number, before: UserState, cause: CloseCause];

let server: Server | undefined;
afterEach(() => server?.close());

/** A host of users that says how their connections end; the server does as told with each login. */
async function hostOn(onLogin: (socket: Socket, name: string, seqNum: number) => void): Promise<{
  host: UserHost;
  losses: (count: number) => Promise<readonly Loss[]>;
}> {
  const listening = createServer((socket) => {
    const framer = new Framer();
    socket.on("error", () => undefined);
    socket.on("data", (chunk) => {
      framer.push(chunk);
      for (let frame = framer.next(); frame; frame = framer.next()) {
        onLogin(socket, commands.LOGIN_AUTH_REQ.body.decode(frame.body).user_name, frame.header.seq_num);
      }
    });
  });
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
  const { port } = listening.address() as { port: number };
  const lost: Loss[] = [];
  let look = (): void => undefined;
  const nameOf = (user: number): string => `user ${user}`;
  const host: UserHost = {
    run: 1,
    isClosedModel: false,
    isOver: false,
    checker: new Checker(new Violations(), { conversations: 0, firstNumber: 0, run: 1, nameOf }),
    recorder: new Recorder(),
    payload: new PayloadFormat(64, 1),
    judge: {
      acknowledged: () => undefined,
      pushed: () => undefined,
      reading: () => 0n,
      readNotified: () => undefined,
      takeConfirmations: () => undefined,
    },
    addressFor: () => ({ scheme: "tcp", host: "127.0.0.1", given: "127.0.0.1", port, path: "/" }),
    loginRequestOf: (user) => ({
      method: "password",
      request: { user_name: nameOf(user), user_pwd: "", client_type: 1, client_version: "" },
    }),
    sessionIdFor: () => 0n,
    armLoginTimeout: () => undefined,
    requestDeadline: () => 0,
    armRequestTimeout: () => undefined,
    loggedIn: () => undefined,
    userClosed: (...loss) => {
      lost.push(loss);
      look();
    },
    sent: () => undefined,
  };
  const losses = (count: number): Promise<readonly Loss[]> =>
    new Promise((resolve) => {
      look = () => lost.length === count && resolve(lost);
      look();
    });
  return { host, losses };
}

test("each connection ends with its own cause, whoever else was refused just before", async () => {
  const { host, losses } = await hostOn((socket, name, seqNum) => {
    if (name !== "user 0") socket.end();
    else socket.write(encodeFrame(commands.LOGIN_AUTH_RSP, { result_code: refusal, result_string: "no" }, seqNum));
  });
  const [refused, cutOff, leaving] = [0, 1, 2].map((number) => new VirtualUser(host, number)) as [
    VirtualUser,
    VirtualUser,
    VirtualUser,
  ];
  refused.startLogin(0);
  expect(await losses(1)).toEqual([[0, "logging-in", { refusedWith: refusal }]]);
  cutOff.startLogin(0);
  await losses(2);
  leaving.startLogin(0);
  leaving.drop();
  expect((await losses(3)).slice(1)).toEqual([
    [1, "logging-in", "closed by target"],
    [2, "connecting", "closed by us"],
  ]);
});
