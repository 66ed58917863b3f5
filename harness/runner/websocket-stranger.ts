import { CuppingError } from "../errors.ts";
import type { CaseResult } from "../result/index.ts";
import { type Patience, recognizeStranger } from "../targets/index.ts";
import type { CaseRule, ConformanceCase } from "./case.ts";
import type { CaseSurroundings } from "./case-context.ts";
import { blankResult } from "./run-case.ts";

/** What is wrong with the WebSocket address of a target, and what its cases come to by that. */
export interface WebSocketStranger {
  readonly sentence: string;
  readonly results: readonly CaseResult[];
}

/**
 * Looks at the WebSocket address beside the target's own before the cases that need it run: one of them has failed when
 * packets do not come as they should there, and the others say nothing about their rules.
 * @param packets the rule about the form of every packet
 * @param patience how long each answer is waited for
 * @throws CuppingError `target` when something else than a server of this protocol listens there
 */
export async function recognizeWebSocket(
  { webSocket }: CaseSurroundings,
  runnable: readonly ConformanceCase[],
  packets: CaseRule,
  patience: Patience,
): Promise<WebSocketStranger | undefined> {
  const [first, ...others] = runnable.filter(({ needs }) => needs.includes("websocket"));
  if (!webSocket || !first) return undefined;
  const stranger = await recognizeStranger(webSocket, patience);
  if (patience.signal?.aborted) return undefined;
  if (stranger?.kind === "elsewhere") throw new CuppingError("target", stranger.sentence);
  // One that says nothing may be slow: its cases tell.
  if (stranger?.kind !== "text" && stranger?.kind !== "little-endian") return undefined;
  const { sentence } = stranger;
  const { id: rule, text: ruleText, level } = packets;
  const expected = "every packet is a binary WebSocket message, with a big-endian header";
  const failed: CaseResult = {
    ...blankResult(first, "failed", `${rule}: ${sentence}`),
    ...{ rule, ruleText, level, expected, actual: sentence },
  };
  return { sentence, results: [failed, ...others.map((one) => blankResult(one, "couldNotRun", sentence))] };
}
