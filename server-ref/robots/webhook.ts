import type { RobotQuestion, RobotResponder } from "./responder.ts";

/** Longest answer taken from a service, in bytes. */
const LONGEST_ANSWER = 64 * 1024;

/** Where the answers come from. */
export interface WebhookOptions {
  url: string;
  /** Milliseconds; default: the robot's own limit. */
  timeoutMs?: number;
}

async function readLimited(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > LONGEST_ANSWER) throw new Error(`the robot service sent more than ${LONGEST_ANSWER} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function readAnswer(text: string): string {
  const { answer } = JSON.parse(text) as { answer?: unknown };
  if (typeof answer !== "string" || answer === "") {
    throw new Error('the robot service sent no answer; expected {"answer":"…"}');
  }
  return answer;
}

/**
 * Asks an HTTP service: `POST {"robot_id":"…","user_id":"…","text":"…"}`, answered with status 200 and
 * `{"answer":"…"}`. Ids are strings, because JSON numbers cannot hold them all.
 */
export function webhookResponder({ url, timeoutMs }: WebhookOptions): RobotResponder {
  return {
    async answer({ robot, user_id, text }: RobotQuestion) {
      const response = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ robot_id: String(robot.user_id), user_id: String(user_id), text }),
        redirect: "error",
        signal: AbortSignal.timeout(timeoutMs ?? robot.timeoutMs),
      });
      if (!response.ok) throw new Error(`the robot service answered with status ${response.status}`);
      return readAnswer(await readLimited(response));
    },
  };
}
