import { formatAddress } from "../client/index.ts";
import { CuppingError } from "../errors.ts";
import type { CaseResult } from "../result/index.ts";
import { type Patience, recognizeStranger } from "../targets/index.ts";
import type { Canary } from "./canary.ts";
import type { CaseRule, ConformanceCase } from "./case.ts";
import type { CaseSurroundings } from "./case-context.ts";
import type { SuiteGuard } from "./guard.ts";
import { blankResult } from "./run-case.ts";

/** What is wrong with the WebSocket address of a target, and what its cases come to by that. */
export interface WebSocketStranger {
  readonly sentence: string;
  readonly results: readonly CaseResult[];
}

/**
 * Looks at the WebSocket address beside the target's own before the cases that need it run: one of them has failed when
 * packets do not come as they should there, and the others say nothing about their rules.
 * @param guard the rules about logins and about the form of every packet
 * @param patience how long each answer is waited for
 * @throws CuppingError `target` when something else than a server of this protocol listens there
 */
export async function recognizeWebSocket(
  { address, webSocket }: CaseSurroundings,
  runnable: readonly ConformanceCase[],
  { packets, logins }: Pick<SuiteGuard, "packets" | "logins">,
  canary: Canary,
  patience: Patience,
): Promise<WebSocketStranger | undefined> {
  const [first, ...others] = runnable.filter(({ needs }) => needs.includes("websocket"));
  if (!webSocket || !first) return undefined;
  const stranger = await recognizeStranger(webSocket, patience);
  if (patience.signal?.aborted) return undefined;
  if (stranger?.kind === "elsewhere") throw new CuppingError("target", stranger.sentence);
  const found = (rule: CaseRule, expected: string, sentence: string): WebSocketStranger => ({
    sentence,
    results: [
      broken(first, rule, expected, sentence),
      ...others.map((one) => blankResult(one, "couldNotRun", sentence)),
    ],
  });
  if (stranger?.kind === "text" || stranger?.kind === "little-endian") {
    const expected = "every packet is a binary WebSocket message, with a big-endian header";
    return found(packets, expected, stranger.sentence);
  }
  // One that says nothing may be slow: its cases tell.
  if (stranger) return undefined;
  const refusal = await canary.refusalAt(webSocket);
  if (refusal === undefined || patience.signal?.aborted) return undefined;
  const sentence = `${formatAddress(webSocket)} refuses an account (${refusal}) that has just logged in at ${formatAddress(address)}; do both addresses belong to one server?`;
  return found(logins, "both addresses let the same users log in", sentence);
}

/** What a case came to by what was seen before it ran. */
function broken(one: ConformanceCase, rule: CaseRule, expected: string, sentence: string): CaseResult {
  const { id, text: ruleText, level } = rule;
  return {
    ...blankResult(one, "failed", `${id}: ${sentence}`),
    ...{ rule: id, ruleText, level, expected, actual: sentence },
  };
}
