import type { Registry } from "../../codegen/index.ts";
import type { Account } from "../../harness/accounts/index.ts";
import { CouldNotRun, isCaseEnd, type Played, playRecording } from "../../harness/runner/index.ts";
import type { Capsule } from "../conformance/capsule.ts";
import type { OpenRun } from "../conformance/open-run.ts";

/** Longest wait for what came in the recording, in milliseconds, before it counts as missing. */
const PATIENCE_MS = 3_000;
/** Differences told; the rest is counted. */
const TOLD = 20;

/** One time that the frames of a capsule were played: what came, or why they could not be played. */
export type FramesPlayed = Played | { readonly obstacle: string };

/** Plays the frames of a capsule, byte for byte but for the ids, with fresh users. */
export async function playFrames(
  capsule: Capsule,
  run: OpenRun,
  registry: Registry,
  signal: AbortSignal,
): Promise<FramesPlayed> {
  if (!capsule.recording) return { obstacle: "the capsule holds no frames; an older version may have written it" };
  try {
    const played = await playRecording(capsule.recording, {
      registry,
      address: run.target.address,
      webSocket: run.webSocket,
      take: (token) => takeAccount(run, token, signal),
      patienceMs: PATIENCE_MS * capsule.timeoutScale,
      signal,
    });
    return { ...played, differences: run.accounts.secrets.hideIn(played.differences) };
  } catch (error) {
    if (signal.aborted) return { obstacle: "the replay was interrupted" };
    if (isCaseEnd(error, "could-not-run")) return { obstacle: run.accounts.secrets.hideInText(error.message) };
    throw error;
  }
}

/** What came of it, in words. */
export function framesStory(capsule: Capsule, played: readonly FramesPlayed[]): string {
  const obstacles = new Set(played.map((one) => ("obstacle" in one ? one.obstacle : undefined)));
  const [obstacle] = obstacles;
  if (obstacles.size === 1 && obstacle !== undefined) return `${capsule.case}: ${obstacle}, so nothing is known of it`;
  const same = played.filter((one) => isSame(one));
  const lines = [`${capsule.case}: the recorded frames, played; fails ${same.length} of ${played.length}`];
  for (const [time, one] of played.entries()) {
    if ("obstacle" in one) lines.push(`${time + 1}. ${one.obstacle}`);
    else lines.push(`${time + 1}. ${summary(one)}`, ...details(one));
  }
  return lines.join("\n");
}

/**
 * 1 when everything came as recorded, each time: the failure is still there. 0 when something came in another way each
 * time, 5 when it was now this, now that, or could not be played.
 */
export function framesExitCode(played: readonly FramesPlayed[]): number {
  const came = played.map(isSame);
  if (came.every((same) => same === true)) return 1;
  return came.every((same) => same === false) ? 0 : 5;
}

/** Whether everything came as recorded; undefined when it could not be played. */
function isSame(played: FramesPlayed): boolean | undefined {
  return "obstacle" in played ? undefined : played.differences.length === 0;
}

async function takeAccount({ accounts }: OpenRun, token: boolean, signal: AbortSignal): Promise<Account> {
  if (!token) return await accounts.take(signal);
  if (!accounts.takeWithToken) throw new CouldNotRun("it needs accounts with a token: name some with --token-users");
  return await accounts.takeWithToken(signal);
}

function summary({ recorded, same, differences }: Played): string {
  if (differences.length === 0) return `all ${recorded} frames of the target came as recorded`;
  return `${same} of ${recorded} frames of the target came as recorded; what differs:`;
}

function details({ differences, unmapped }: Played): string[] {
  const lines = differences.slice(0, TOLD).map((difference) => `   ${difference}`);
  if (differences.length > TOLD) lines.push(`   … and ${differences.length - TOLD} more`);
  if (unmapped > 0) {
    lines.push(`   ${unmapped} pieces or broken packets were sent as recorded, with the ids of then`);
  }
  return lines;
}
