import { randomUUID } from "node:crypto";
import type { Welcome } from "../store/users.ts";

/** A user that the server plays itself. */
export interface Robot {
  readonly user_id: bigint;
  readonly nick_name: string;
  /** Its first message to every new user. */
  readonly welcome: string;
  /** How long its service may take, in milliseconds (ROBOT-05). */
  readonly timeoutMs: number;
}

/** ROBOT-01 */
const ROBOTS: readonly Robot[] = [
  {
    user_id: 2020010702n,
    nick_name: "思知机器人",
    welcome: "你好，我是思知机器人，有什么可以帮你？",
    timeoutMs: 10_000,
  },
  { user_id: 2020010703n, nick_name: "微信机器人", welcome: "你好，我是微信机器人，和我聊聊吧！", timeoutMs: 3_000 },
];

const byId = new Map(ROBOTS.map((robot) => [robot.user_id, robot]));

/** The robot with this user id. */
export function robotById(userId: bigint): Robot | undefined {
  return byId.get(userId);
}

/** What a new account finds in its session list: one text message of each robot (ROBOT-02). */
export function welcomes(): Welcome[] {
  return ROBOTS.map(({ user_id, welcome }) => ({
    robot_id: user_id,
    client_msg_id: randomUUID(),
    msg_data: Buffer.from(welcome),
  }));
}
