import type { ResultHead } from "../../harness/runner/index.ts";
import type { Target } from "../../harness/targets/index.ts";
import packageJson from "../../package.json" with { type: "json" };
import { RULE_SET_VERSION, sections } from "../../scenarios/rules/index.ts";
import type { Run } from "../run/perform.ts";

/**
 * What a result about rules says besides what its cases came to, as of now: the target is asked what it has used.
 * @param suite which of the rules were asked about, and how
 */
export async function resultHead(run: Run, target: Target, suite: ResultHead["suite"]): Promise<ResultHead> {
  return {
    toolVersion: packageJson.version,
    run: run.head(),
    target,
    usage: await target.usage().catch(() => undefined),
    ruleSet: RULE_SET_VERSION,
    sections,
    secrets: run.secrets,
    suite,
  };
}
