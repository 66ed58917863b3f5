import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { type CIMMsgData, CIMMsgType, commands, type Partially } from "../../codegen/index.ts";
import type { CimClient } from "../../harness/client/index.ts";
import { Fixture, onEachStore, settle } from "./fixture.ts";

const ROBOTS = [2020010702n, 2020010703n];
const [OWNTHINK, WECHAT] = ROBOTS as [bigint, bigint];

interface AnswerContent {
  body: string;
  content: { type: string; content: string };
}

/** Asks a robot and returns its answer with what it holds (CONTENT-06). */
async function ask(
  client: CimClient,
  robot: bigint,
  question: Partially<CIMMsgData>,
): Promise<{ message: CIMMsgData; content: AnswerContent }> {
  await client.sendMessage({ session_id: robot, session_type: 1 }, question);
  const { message } = await client.waitFor(commands.MSG_DATA, ({ from_user_id }) => from_user_id === robot);
  return { message, content: JSON.parse(Buffer.from(message.msg_data).toString()) as AnswerContent };
}

const text = (words: string): Partially<CIMMsgData> => ({ msg_data: Buffer.from(words) });

onEachStore("robots", {}, (fixture) => {
  test("a fresh user finds a greeting of each robot (ROBOT-02, SESS-11)", async () => {
    const client = await fixture.newClient();
    const { contact_session_list, unread_counts } = await client.sessions();
    expect(unread_counts).toBe(2);
    expect(contact_session_list.map(({ session_id }) => session_id).sort()).toEqual(ROBOTS);
    for (const session of contact_session_list) {
      expect(session).toMatchObject({ is_robot_session: true, session_type: 1, unread_cnt: 1, msg_type: 1 });
      expect(session.msg_from_user_id).toBe(session.session_id);
      const [greeting, ...more] = await client.historyPage(session.session_id);
      expect(greeting?.msg_data.length).toBeGreaterThan(0);
      expect(more).toEqual([]);
    }
  });

  test("a robot answers as a message of its own, on all devices (ROBOT-03, ROBOT-04, ROBOT-06)", async () => {
    const account = await fixture.newAccount();
    const [client, phone] = [await fixture.connect(account), await fixture.connect(account)];
    const { message, content } = await ask(client, OWNTHINK, text("Wie geht's? \"'\\"));
    expect(content.body).toBe("Wie geht's? \"'\\");
    expect(content.content.type).toBe("text");
    expect(content.content.content).not.toBe("");
    expect(message).toMatchObject({
      to_session_id: account.user_id,
      session_type: 1,
      msg_type: CIMMsgType.kCIM_MSG_TYPE_ROBOT,
      server_msg_id: 3n,
    });
    expect(message.client_msg_id).not.toBe("");
    expect(message.from_nick_name).not.toBe("");
    const onPhone = await phone.waitFor(commands.MSG_DATA, ({ from_user_id }) => from_user_id === OWNTHINK);
    expect(onPhone.message).toEqual(message);
    const history = await client.historyPage(OWNTHINK);
    expect(history.map(({ server_msg_id }) => server_msg_id)).toEqual([1n, 2n, 3n]);
    expect(history[2]).toMatchObject({ client_msg_id: message.client_msg_id, msg_data: message.msg_data });
  });

  test("an answer counts as unread, a question does not (UNREAD-07, UNREAD-08)", async () => {
    const client = await fixture.newClient();
    await ask(client, WECHAT, text("hi"));
    const sessions = (await client.sessions()).contact_session_list;
    expect(sessions.find(({ session_id }) => session_id === WECHAT)).toMatchObject({ unread_cnt: 2, msg_type: 7 });
  });

  test.each([
    [CIMMsgType.kCIM_MSG_TYPE_IMAGE, '{"url":"x"}', "[图片]"],
    [CIMMsgType.kCIM_MSG_TYPE_AUDIO, '{"url":"x"}', "[语音]"],
    [CIMMsgType.kCIM_MSG_TYPE_TIPS, "hint", "[消息]"],
    [CIMMsgType.kCIM_MSG_TYPE_ROBOT, '{"body":"older form"}', "older form"],
    [CIMMsgType.kCIM_MSG_TYPE_TEXT, '{"body":"plain text"}', '{"body":"plain text"}'],
  ])("a message of type %i %j is asked as %j (ROBOT-03, CONTENT-06)", async (msg_type, data, asked) => {
    const client = await fixture.newClient();
    const { content } = await ask(client, OWNTHINK, { msg_type, msg_data: Buffer.from(data) });
    expect(content.body).toBe(asked);
  });

  test("the same question sent again is answered once (MSG-07)", async () => {
    const client = await fixture.newClient();
    const question = { ...text("again?"), client_msg_id: "same-id" };
    await ask(client, OWNTHINK, question);
    await client.sendMessage({ session_id: OWNTHINK, session_type: 1 }, question);
    await settle(client);
    expect(client.takePushes(commands.MSG_DATA)).toEqual([]);
    expect(await client.historyPage(OWNTHINK)).toHaveLength(3);
  });
});

/** An HTTP service that answers for the robots, and a server that asks it. */
async function withService(
  answer: (asked: Record<string, string>, response: ServerResponse) => void,
  body: (fixture: Fixture) => Promise<void>,
): Promise<void> {
  const service = createServer(async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    answer(JSON.parse(Buffer.concat(chunks).toString()) as Record<string, string>, response);
  });
  service.listen(0, "127.0.0.1");
  await once(service, "listening");
  const { port } = service.address() as AddressInfo;
  const robotWebhook = `http://127.0.0.1:${port}/answer`;
  try {
    await using fixture = await Fixture.start({ robotWebhook, robotTimeoutMs: 500 });
    await body(fixture);
  } finally {
    service.closeAllConnections();
    service.close();
  }
}

test("a service answers for the robots by HTTP", async () => {
  await withService(
    (asked, response) => response.end(JSON.stringify({ answer: `${asked["text"]} ${asked["robot_id"]}` })),
    async (fixture) => {
      const { content } = await ask(await fixture.newClient(), WECHAT, text("你好"));
      expect(content).toEqual({ body: "你好", content: { type: "text", content: `你好 ${WECHAT}` } });
    },
  );
});

const failures: Record<string, (response: ServerResponse) => void> = {
  "answers with an error": (response) => response.writeHead(500).end('{"answer":"no"}'),
  "sends no JSON": (response) => response.end("<html>"),
  "sends no answer": (response) => response.end("{}"),
  "sends far too much": (response) => response.end(JSON.stringify({ answer: "x".repeat(1_000_000) })),
  "breaks off": (response) => response.writeHead(200, { "content-length": "50" }).write("{") && response.destroy(),
  "says nothing": () => undefined,
};

test.each(Object.entries(failures))("the robot apologises when its service %s (ROBOT-05)", async (_title, fail) => {
  await withService(
    (_asked, response) => fail(response),
    async (fixture) => {
      const { message, content } = await ask(await fixture.newClient(), OWNTHINK, text("help"));
      expect(content).toMatchObject({ body: "help", content: { type: "text" } });
      expect(content.content.content).toMatch(/^抱歉/);
      expect(message.msg_type).toBe(7);
    },
  );
});

test("waiting for a robot delays nothing else of the connection (ROBOT-07)", async () => {
  const waiting: ServerResponse[] = [];
  await withService(
    (_asked, response) => waiting.push(response),
    async (fixture) => {
      const [client, friend] = (await fixture.newClients(2)) as [CimClient, CimClient];
      await client.sendText(OWNTHINK, "think long");
      for (let n = 0; n < 20; n++) await client.sendText(friend.userId, `${n}`);
      await settle(client);
      // All that was done before the robot's time was up, or even before it was asked.
      expect(client.takePushes(commands.MSG_DATA)).toEqual([]);
      await client.waitFor(commands.MSG_DATA, ({ from_user_id }) => from_user_id === OWNTHINK);
    },
  );
});
