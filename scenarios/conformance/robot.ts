import { type CIMMsgData, CIMMsgType, commands } from "../../codegen/index.ts";
import type { CaseContext, ConformanceCase, Peer } from "../../harness/runner/index.ts";
import { alsoOverWebSocket, defineCase, defineGrid } from "./define.ts";
import {
  askSessions,
  isAccepted,
  message,
  pushesReach,
  readHistory,
  readSessions,
  SINGLE,
  sendMessage,
} from "./setup/index.ts";

/** The robots that every new user meets (ROBOT-01). */
export const ROBOTS: readonly bigint[] = [2_020_010_702n, 2_020_010_703n];
/** `msg_type` of what robots answer. */
export const ROBOT_ANSWER = 7;
/** Longest time that a robot takes, in milliseconds: its service gets 10 s (ROBOT-05). */
export const ROBOT_LIMIT_MS = 12_000;

/**
 * The answer of a robot: the first, or the first that holds some words.
 * @throws RuleFailure when none comes
 */
export async function robotAnswer(t: CaseContext, peer: Peer, robot: bigint, words: string = ""): Promise<CIMMsgData> {
  const isIt = (push: CIMMsgData): boolean =>
    push.from_user_id === robot &&
    push.msg_type === ROBOT_ANSWER &&
    new TextDecoder().decode(push.msg_data).includes(words);
  const answer = () => peer.seen(commands.MSG_DATA, isIt)[0];
  const got = await peer.until(answer, ROBOT_LIMIT_MS);
  return t.present(got, `an answer of type 7 from robot ${robot} within ${ROBOT_LIMIT_MS} ms`, "none");
}

/** ROBOT: the two robots. */
export const robotCases: readonly ConformanceCase[] = [
  ...alsoOverWebSocket(
    {
      id: "ROBOT-01/their-ids",
      needs: ["registration"],
      title: "the robots are users 2020010702 and 2020010703",
      steps: ["a fresh user asks for sessions", "the robot sessions have these numbers"],
    },
    async (t) => {
      const { peer } = await t.freshLogin("newcomer");
      const list = await t.given("the session list", () => askSessions(peer));
      const robots = list.contact_session_list.filter(
        (one) => one.msg_from_user_id === one.session_id && one.session_type === SINGLE,
      );
      t.equal(robots.map((one) => one.session_id).sort(), ROBOTS, "sessions that begin with a message to a fresh user");
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "ROBOT-02/welcome",
      needs: ["registration"],
      title: "a fresh user sees two robot sessions with a welcome each, unread 1 each",
      steps: ["register and log in", "two sessions, unread_counts 2, each with one text from its robot"],
    },
    async (t) => {
      const { peer } = await t.freshLogin("newcomer");
      const list = await readSessions(t, peer);
      t.equal(
        [list.contact_session_list.length, list.unread_counts],
        [2, 2],
        "the number of sessions and unread_counts",
      );
      for (const robot of ROBOTS) {
        const rows = await readHistory(t, peer, { session: robot });
        t.equal(
          rows.map((row) => [row.msg_type, row.from_user_id]),
          [[1, robot]],
          `the history with robot ${robot}`,
        );
      }
    },
  ),
  defineCase(
    {
      id: "ROBOT-03/answers-on-every-connection",
      title: "a message to a robot is acknowledged and answered on every connection of the user",
      steps: ["alice writes to both robots", "acknowledged; an answer of type 7 reaches both devices and the history"],
    },
    async (t) => {
      const user = await t.user();
      const [phone, desktop] = [await t.login(user, "alice/phone"), await t.login(user, "alice/desktop")];
      await pushesReach(t, user, [phone, desktop]);
      for (const robot of ROBOTS) {
        const question = message(t, phone, robot, "hello robot");
        const ack = await phone.ask(commands.MSG_DATA, question);
        t.ensure(isAccepted(ack), "res_code 1", `res_code ${ack.res_code}`);
        const answer = await robotAnswer(t, phone, robot);
        await robotAnswer(t, desktop, robot);
        t.ensure(
          answer.client_msg_id !== "" && answer.client_msg_id !== question.client_msg_id,
          "a fresh client_msg_id",
          "none",
        );
        const rows = await readHistory(t, phone, { session: robot });
        t.equal(rows.at(-1)?.client_msg_id, answer.client_msg_id, "the newest message of the history");
        t.ensure((rows.at(-1)?.server_msg_id ?? 0n) > ack.server_msg_id, "an id above the question's", "another");
      }
    },
  ),
  ...defineGrid(
    {
      id: "ROBOT-03/each-question",
      title: "each question to a robot is answered, however soon one comes behind another",
      steps: [
        "alice asks a robot several questions without waiting, over one connection or two",
        "each has one answer, on every connection",
      ],
      axes: { number: ["2", "10"], device: ["only", "second"], transport: ["tcp", "ws"] },
    },
    async (t, at) => {
      const user = await t.user();
      const peers = [await t.login(user, "alice/1")];
      if (at.device === "second") peers.push(await t.login(user, "alice/2"));
      const [robot] = ROBOTS as readonly [bigint];
      await sendMessage(t, peers[0] as Peer, robot, "a question alone");
      for (const peer of peers) await t.given("the answer to a question alone", () => robotAnswer(t, peer, robot));
      const questions = Array.from({ length: Number(at.number) }, (_, index) => `question-${index + 1}-of-several`);
      const sent = questions.map((question, index) => {
        const peer = peers[index % peers.length] as Peer;
        return { peer, question: peer.send(commands.MSG_DATA, message(t, peer, robot, question)) };
      });
      for (const { peer, question } of sent) {
        const { message: ack } = await t.given("the acknowledgement", () => peer.answer(question));
        t.requires(isAccepted(ack), "a question was refused");
      }
      // What becomes of the questions themselves is for other rules to answer for.
      const before = await readHistory(t, peers[0] as Peer, { session: robot });
      const stored = before.filter((row) => row.from_user_id === user.user_id).length;
      t.requires(stored === questions.length + 1, "questions are missing in the history");
      for (const peer of peers) {
        const answers = () => peer.seen(commands.MSG_DATA, (push) => push.msg_type === ROBOT_ANSWER).length;
        await peer.until(() => (answers() > questions.length ? true : undefined), ROBOT_LIMIT_MS);
        t.equal(answers(), questions.length + 1, `answers pushed to ${peer.name}`);
      }
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "ROBOT-04/id-in-the-push",
      title: "the push of an answer carries the answer's own server_msg_id",
      steps: ["alice writes to a robot", "compare the push with the history"],
    },
    async (t) => {
      const { peer } = await t.freshLogin("alice");
      const robot = ROBOTS[0] as bigint;
      await sendMessage(t, peer, robot, "hello robot");
      const answer = await t.given("the answer", () => robotAnswer(t, peer, robot));
      const rows = await readHistory(t, peer, { session: robot });
      const row = rows.find((one) => one.client_msg_id === answer.client_msg_id);
      t.requires(row !== undefined, "the answer is not in the history");
      t.equal(answer.server_msg_id, row?.server_msg_id, "server_msg_id of the push (as in the history)");
      t.ensure(answer.from_nick_name !== "", "from_nick_name is the robot's name", "it is empty");
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "ROBOT-06/answers-anything",
      title: "messages of other types are answered as well",
      steps: ["alice sends a robot an image", "an answer of type 7 comes"],
    },
    async (t) => {
      const { user, peer } = await t.freshLogin("alice");
      await pushesReach(t, user, [peer]);
      const robot = ROBOTS[0] as bigint;
      await sendMessage(t, peer, robot, "{}", { msg_type: CIMMsgType.kCIM_MSG_TYPE_IMAGE });
      await robotAnswer(t, peer, robot);
    },
  ),
  ...alsoOverWebSocket(
    {
      id: "ROBOT-07/not-in-the-way",
      title: "waiting for a robot does not delay the connection's other requests",
      steps: ["alice writes to a robot and asks for sessions in one go", "the sessions come within a second"],
    },
    async (t) => {
      const { peer } = await t.freshLogin("alice");
      peer.send(commands.MSG_DATA, message(t, peer, ROBOTS[0] as bigint, "think hard"));
      const begun = performance.now();
      await askSessions(peer);
      const took = Math.round(performance.now() - begun);
      t.ensure(took < 1_000 * t.around.timeoutScale, "an answer within a second", `after ${took} ms`);
    },
  ),
];
