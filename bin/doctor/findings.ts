import { byCause, type CaseResult } from "../../harness/result/index.ts";
import { type Capability, capabilities } from "../../scenarios/rules/index.ts";

/** What a target seems to have of one capability, by the cases that ask for it. */
export interface Finding {
  readonly capability: Capability;
  /** `undeclared`: a choice that the target does not make. `unknown`: nothing could be asked. */
  readonly state: "there" | "partly" | "missing" | "undeclared" | "unknown";
  readonly passed: number;
  /** Cases that say something about it. */
  readonly judged: number;
  /** Why it is not `there`, in one sentence. */
  readonly why?: string;
}

/** A case and what it came to. */
export interface Asked {
  /** The capabilities without which it does not concern a target. */
  readonly capabilities: readonly string[];
  readonly result: CaseResult;
}

/** Says which capability a target leaves out that leaves a command unanswered. */
type CapabilityOf = (command: string) => string | undefined;

/** Of a capability that is there at least this share of the cases passes; fewer pass when nothing is to happen. */
const SHARE_THERE = 0.25;

/**
 * What each capability looks like from outside. A case that passes shows its capabilities; one that fails, or that the
 * target left without an answer, speaks against them. A target that leaves a capability's own commands unanswered lacks
 * it, and a case that needs such a one says nothing about the others.
 * @param capabilityOf the capability that a target leaves out which never answers a command
 */
export function findingsOf(asked: readonly Asked[], capabilityOf: CapabilityOf): Finding[] {
  const names = Object.keys(capabilities) as Capability[];
  const silent = new Set(names.filter((capability) => isSilent(capability, asked, capabilityOf)));
  const lacks = (name: string): boolean => silent.has(name as Capability);
  return names.map((capability) => {
    const about = asked.filter((one) => one.capabilities.includes(capability));
    const isHindered = ({ result, ...one }: Asked): boolean =>
      [...one.capabilities, ownerOf(result, capabilityOf) ?? ""].some((other) => other !== capability && lacks(other));
    const hindered = about.filter(isHindered);
    if (about.length > 0 && hindered.length === about.length) {
      const behind = names.filter((name) => silent.has(name) && hindered.some((one) => needs(one, name, capabilityOf)));
      const why = `its cases need ${behind.join(" and ")}`;
      return { capability, state: "unknown", passed: 0, judged: 0, why };
    }
    const results = about.filter((one) => !isHindered(one)).map(({ result }) => result);
    return findingOf(capability, results, silent.has(capability));
  });
}

/** Whether the target leaves the capability's own commands unanswered: then hardly any of its cases passes. */
function isSilent(capability: Capability, asked: readonly Asked[], capabilityOf: CapabilityOf): boolean {
  const results = asked.filter((one) => one.capabilities.includes(capability)).map(({ result }) => result);
  const passed = results.filter(({ status }) => status === "passed").length;
  const unanswered = results.filter((result) => ownerOf(result, capabilityOf) === capability).length;
  return unanswered > 0 && passed < unanswered;
}

function needs({ capabilities: needed, result }: Asked, name: Capability, capabilityOf: CapabilityOf): boolean {
  return needed.includes(name) || ownerOf(result, capabilityOf) === name;
}

/** The capability whose command was not answered in a case. A lack begins with the command that it is about. */
function ownerOf({ lack }: CaseResult, capabilityOf: CapabilityOf): Capability | undefined {
  return lack === undefined ? undefined : (capabilityOf(lack.replace(/ .*/, "")) as Capability | undefined);
}

function findingOf(capability: Capability, about: readonly CaseResult[], isMissing: boolean): Finding {
  const passed = about.filter(({ status }) => status === "passed").length;
  const against = about.filter(speaksAgainst);
  const judged = passed + against.length;
  if (judged === 0) {
    const [hindered] = about.filter(({ status }) => status === "couldNotRun" || status === "notApplicable");
    return { capability, state: "unknown", passed, judged, why: hindered?.reason ?? "no quick case asks for it" };
  }
  if (against.length === 0) return { capability, state: "there", passed, judged };
  const why = mostFrequent(against);
  if (!isMissing && passed / judged >= SHARE_THERE) return { capability, state: "partly", passed, judged, why };
  const state = capabilities[capability].origin === "choice" ? "undeclared" : "missing";
  return { capability, state, passed, judged, why };
}

function speaksAgainst({ status, lack }: CaseResult): boolean {
  return status === "failed" || status === "warned" || (status === "couldNotRun" && lack !== undefined);
}

function mostFrequent(against: readonly CaseResult[]): string {
  const [cases] = byCause(against).map(([, ofCause]) => ofCause);
  const [first] = cases as readonly CaseResult[];
  return first?.lack ?? `${first?.id}: ${first?.actual ?? first?.reason}`;
}

/**
 * What a file for `--capabilities` says of them: what is missing is not claimed, a choice is declared when its rule was
 * seen to hold, and of what nothing is known the profile decides.
 */
export function claimsFrom(findings: readonly Finding[]): Readonly<Record<string, boolean>> {
  const claimed = findings.flatMap(({ capability, state }) => {
    const isChoice = capabilities[capability].origin === "choice";
    if (isChoice) return state === "there" ? [[capability, true] as const] : [];
    return state === "unknown" ? [] : [[capability, state !== "missing"] as const];
  });
  return Object.fromEntries(claimed);
}
