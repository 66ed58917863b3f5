import { randomUUID } from "node:crypto";
import { CIMMsgType, CIMSessionType } from "../../codegen/index.ts";
import { mark } from "../marks.ts";
import { robotById } from "../robots/robots.ts";
import type { StoredMessage } from "../store/messages.ts";
import type { LogicContext } from "./context.ts";
import type { BackgroundEffect } from "./effect.ts";
import { pushStored } from "./push.ts";

/** What a robot says when its service fails (ROBOT-05). */
const APOLOGY = "抱歉，我现在无法回答，请稍后再试。";

/** What a robot is asked in place of a content that is no text (ROBOT-03). */
const WORDS: Readonly<Record<number, string>> = {
  [CIMMsgType.kCIM_MSG_TYPE_FILE]: "[文件]",
  [CIMMsgType.kCIM_MSG_TYPE_IMAGE]: "[图片]",
  [CIMMsgType.kCIM_MSG_TYPE_AUDIO]: "[语音]",
  [CIMMsgType.kCIM_MSG_TYPE_VIDEO]: "[视频]",
  [CIMMsgType.kCIM_MSG_TYPE_LOCATION]: "[位置]",
};
const OTHER_WORD = "[消息]";

/** Whether the user is one of the robots (ROBOT-01). */
export function isRobot(userId: bigint): boolean {
  return robotById(userId) !== undefined;
}

/** The text of an older client's question, which it wraps as `{"body":"…"}` (CONTENT-06). */
function unwrap(text: string): string {
  try {
    const { body } = JSON.parse(text) as { body?: unknown };
    return typeof body === "string" ? body : text;
  } catch {
    return text;
  }
}

function questionText({ msg_type, msg_data }: StoredMessage): string {
  const text = Buffer.from(msg_data).toString();
  if (msg_type === CIMMsgType.kCIM_MSG_TYPE_TEXT) return text;
  if (msg_type === CIMMsgType.kCIM_MSG_TYPE_ROBOT) return unwrap(text);
  return WORDS[msg_type] ?? OTHER_WORD;
}

/** CONTENT-06 */
function answerContent(question: string, answer: string): Uint8Array {
  return Buffer.from(JSON.stringify({ body: question, content: { type: "text", content: answer } }));
}

/**
 * Stores the robot's answer to a user's message and pushes it to all connections of the user (ROBOT-03). Runs beside
 * the connection's other requests (ROBOT-07).
 */
export async function answerAsRobot(question: StoredMessage, context: LogicContext): Promise<BackgroundEffect[]> {
  const robot = robotById(question.to_session_id);
  if (!robot) return [];
  mark("ROBOT-03");
  const user_id = question.from_user_id;
  const text = questionText(question);
  const answer = await context.robots.answer({ robot, user_id, text }).catch(() => {
    mark("ROBOT-05");
    return APOLOGY;
  });
  const stored = await context.store.append({
    from_user_id: robot.user_id,
    to_session_id: user_id,
    session_type: CIMSessionType.kCIM_SESSION_TYPE_SINGLE,
    client_msg_id: randomUUID(),
    msg_type: CIMMsgType.kCIM_MSG_TYPE_ROBOT,
    msg_data: answerContent(text, answer),
    create_time: context.nowSeconds(),
  });
  // UNREAD-08: stored like any message. ROBOT-04: the answer's own server_msg_id, and the robot's name.
  return stored.outcome === "stored" ? [pushStored([user_id], stored.message, robot.nick_name)] : [];
}
