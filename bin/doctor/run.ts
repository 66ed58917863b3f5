import { join } from "node:path";
import { type ConformanceResult, writeWhole } from "../../harness/result/index.ts";
import type { Recording } from "../../harness/runner/index.ts";
import { suiteGuard } from "../../scenarios/conformance/guard.ts";
import { capabilities } from "../../scenarios/rules/index.ts";
import { writeCapsules } from "../conformance/capsule.ts";
import { measureSuite } from "../conformance/measure-suite.ts";
import { checkOpenable, openRun, suiteDescriptors } from "../conformance/open-run.ts";
import { planSuite } from "../conformance/plan.ts";
import { type ConformanceArguments, conformanceOptions } from "../options/conformance.ts";
import { type DoctorArguments, doctorOptions } from "../options/doctor.ts";
import { defaultsOf } from "../options/row.ts";
import { perform } from "../run/perform.ts";
import { claimsFrom, type Finding, findingsOf } from "./findings.ts";
import { examinationText } from "./text.ts";

/** What was seen of a target that nobody can log in to says nothing about its capabilities. */
const NOTHING_KNOWN = 1;

/**
 * Says what a target is and which capabilities it seems to have: the quick subset of the suite asks for all of them, and
 * a file for `--capabilities` is written from what came.
 * @returns 0 when the capabilities are known, whatever they are; 1 when the target let nothing be asked
 * @throws CuppingError `usage`; `target` when nobody listens, or something else than a server of this protocol
 */
export async function runDoctor(given: DoctorArguments): Promise<number> {
  const args: ConformanceArguments = { ...defaultsOf(conformanceOptions.rows), ...given, quick: true, quiet: true };
  const plan = { ...planSuite(args), claims: new Set(Object.keys(capabilities)) };
  const recordings = new Map<string, Recording>();
  let givenUp: string | undefined;
  let findings: Finding[] = [];
  return perform({
    descriptors: suiteDescriptors(args),
    what: "doctor",
    words: ["doctor"],
    rows: doctorOptions.rows,
    args: given,
    check: () => checkOpenable(args),
    open: (run, signal) => {
      if (!given.quiet)
        process.stderr.write(`asking ${plan.cases.length} cases of the suite, which takes some seconds\n`);
      return openRun(args, run, signal);
    },
    measure: async (run, opened, interrupt) => {
      const measured = await measureSuite({ args, plan, run, opened, interrupt, recordings, skipsLacking: true });
      ({ givenUp } = measured);
      findings = examine(measured.result);
      return measured.result;
    },
    tell: (result, outlet, { folder }) =>
      outlet.say(
        examinationText(result, { findings, givenUp, file: fileFor(given, folder), color: outlet.color, args }),
      ),
    keep: async (result, { folder }) => {
      await writeCapsules(folder, result, { args, limits: plan.limits, recordings });
      if (givenUp !== undefined || result.run.partial) return [];
      return [await writeWhole(fileFor(given, folder), `${JSON.stringify(claimsFrom(findings), undefined, 2)}\n`)];
    },
    exitCode: () => (givenUp === undefined ? 0 : NOTHING_KNOWN),
  });

  function examine({ cases }: ConformanceResult): Finding[] {
    const byId = new Map(plan.cases.map((one) => [one.id, one.capabilities]));
    const asked = cases.map((result) => ({ capabilities: byId.get(result.id) ?? [], result }));
    return findingsOf(asked, (command) => suiteGuard.capabilityOf?.(command));
  }
}

function fileFor({ writeCapabilities }: DoctorArguments, folder: string): string {
  return writeCapabilities ?? join(folder, "capabilities.json");
}
