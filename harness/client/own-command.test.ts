import { expect, test } from "vitest";
import { encodeRawFrame } from "../../codegen/index.ts";
import { echo, echoed, forkRegistry } from "../../codegen/testing/echo-commands.ts";
import { CimClient } from "./index.ts";
import { type Peer, startScriptedServer } from "./testing/scripted-server.ts";

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
  using knowing = await CimClient.connect(server.tcp, { ...quiet, registry: forkRegistry });
  await expect(knowing.request(echo, {})).rejects.toThrow(/the body of ECHO_RSP \(0x7002\) is not a/);
});

test("a push of one's own is read with a registry that has it, and ignored without one", async () => {
  await using server = await startScriptedServer((frame, peer) => {
    peer.send(echoed, { user_id: 7n }, 900);
    answer(frame.body, peer, frame.header.seq_num);
  });
  using knowing = await CimClient.connect(server.tcp, { ...quiet, registry: forkRegistry });
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
