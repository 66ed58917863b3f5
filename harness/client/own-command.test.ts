import { expect, test } from "vitest";
import { type Command, cimRegistry, commands, createRegistry, encodeRawFrame } from "../../codegen/index.ts";
import { CimClient } from "./index.ts";
import { type Peer, startScriptedServer } from "./testing/scripted-server.ts";

type Echo = { user_id: bigint };

/** Commands that CIM does not have, as a fork would add them; their bodies are borrowed. */
const echoed: Command<Echo, never> = {
  ...(commands.GROUP_LIST_REQ as unknown as Command<Echo, never>),
  id: 0x7002,
  name: "ECHO_RSP",
  replyId: undefined,
  replyBody: undefined,
  direction: "server-to-client",
};
const echo: Command<Echo, Echo> = {
  ...echoed,
  id: 0x7001,
  name: "ECHO_REQ",
  replyId: 0x7002,
  replyBody: echoed.body,
  direction: "client-to-server",
};
const fork = createRegistry([...cimRegistry.commands, echo as Command, echoed as Command], cimRegistry.fieldTypes);

const quiet = { heartbeatMs: false } as const;
const answer = (body: Uint8Array, peer: Peer, seq_num: number): void =>
  peer.sendBytes(encodeRawFrame({ command_id: echoed.id, seq_num }, body));

test("a request of one's own is answered, though no registry has it", async () => {
  await using server = await startScriptedServer(({ header, body }, peer) => answer(body, peer, header.seq_num));
  using client = await CimClient.connect(server.tcp, quiet);
  expect(await client.request(echo, { user_id: 12n })).toEqual({ user_id: 12n });
});

test("its answer is told when it is no such message, with the names that are known", async () => {
  await using server = await startScriptedServer(({ header }, peer) =>
    answer(Uint8Array.of(0x08), peer, header.seq_num),
  );
  using plain = await CimClient.connect(server.tcp, quiet);
  await expect(plain.request(echo, {})).rejects.toMatchObject({ code: "bad-answer" });
  await expect(plain.request(echo, {})).rejects.toThrow(/the body of 0x7002 is not a CIM\.Group\.CIMGroupListReq/);
  using knowing = await CimClient.connect(server.tcp, { ...quiet, registry: fork });
  await expect(knowing.request(echo, {})).rejects.toThrow(/the body of ECHO_RSP \(0x7002\) is not a/);
});

test("a push of one's own is read with a registry that has it, and ignored without one", async () => {
  await using server = await startScriptedServer((frame, peer) => {
    peer.send(echoed, { user_id: 7n }, 900);
    answer(frame.body, peer, frame.header.seq_num);
  });
  using knowing = await CimClient.connect(server.tcp, { ...quiet, registry: fork });
  await knowing.request(echo, {});
  expect(knowing.takePushes(echoed).map(({ message }) => message)).toEqual([{ user_id: 7n }]);
  using plain = await CimClient.connect(server.tcp, quiet);
  await plain.request(echo, {});
  expect(plain.takePushes(echoed)).toEqual([]);
});

test("a command without an answer cannot be requested", async () => {
  await using server = await startScriptedServer();
  using client = await CimClient.connect(server.tcp, quiet);
  await expect(client.request(echoed, {})).rejects.toThrow("ECHO_RSP (0x7002) has no answer to wait for; use send()");
});
