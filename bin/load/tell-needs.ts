import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { descriptorLimit } from "../../harness/descriptors.ts";
import { CuppingError } from "../../harness/errors.ts";
import { type DecidedPlan, type LoadNeeds, needsOf } from "../../harness/load/index.ts";
import { formatDuration, usableMemory, usableProcessors } from "../../harness/measure/index.ts";
import { parseTarget } from "../../harness/targets/index.ts";
import { formatBytes, formatCount } from "../../reports/index.ts";
import type { LoadArguments } from "../options/load.ts";

/**
 * Says what a load needs, on machines like this one, and reaches for nothing but the name of the target.
 * @throws CuppingError `usage`; `target` when its name cannot be resolved
 */
export async function tellNeeds(plan: DecidedPlan, args: LoadArguments): Promise<void> {
  const machine = { processors: usableProcessors(), memoryBytes: usableMemory(), descriptors: descriptorLimit() };
  const needs = needsOf(plan, await countAddresses(args), machine);
  process.stdout.write(args.json ? `${JSON.stringify(needs)}\n` : `${linesOf(needs).join("\n")}\n`);
}

/** How many addresses of the target clients would be spread over. */
async function countAddresses({ target, http, spreadAddresses }: LoadArguments): Promise<number> {
  const choice = parseTarget(target, http);
  if (!spreadAddresses || choice.kind !== "external" || isIP(choice.address.host) !== 0) return 1;
  try {
    return (await lookup(choice.address.host, { all: true })).length;
  } catch (error) {
    const reason = (error as Error).message;
    throw new CuppingError("target", `the target's name ${choice.address.host} cannot be resolved: ${reason}`);
  }
}

const limitWords: Record<LoadNeeds["limit"], string> = {
  memory: "memory",
  ports: "source ports: more addresses of the target (--spread-addresses) need fewer machines",
  logins: "logins: a longer --ramp needs fewer machines",
  messages: "messages",
};

function linesOf(needs: LoadNeeds): string[] {
  const { machine, machinesFor, each, merge } = needs;
  const perSecond = (count: number): string => `${formatCount(Math.round(count))}/s`;
  const facts: [string, string][] = [
    [
      "load",
      `${formatCount(needs.clients)} clients, ${perSecond(needs.rate)}, for ${formatDuration(needs.durationMs)}`,
    ],
    [
      "the target takes",
      `${perSecond(needs.loginsPerSecond)} logins in the ramp, ${perSecond(needs.heartbeatsPerSecond)} heartbeats, on ${formatCount(needs.targetAddresses)} address${needs.targetAddresses === 1 ? "" : "es"}`,
    ],
    [
      "machines",
      `${formatCount(needs.machines)} like this one (${machine.processors} processors, ${formatBytes(machine.memoryBytes)}, ${formatCount(machine.descriptors)} descriptors a process)`,
    ],
    ["their limit", limitWords[needs.limit]],
    [
      "by each limit",
      Object.entries(machinesFor)
        .map(([name, count]) => `${name} ${formatCount(count)}`)
        .join(", "),
    ],
    [
      "each of them",
      `${formatCount(each.clients)} clients, ${perSecond(each.rate)}, ${formatCount(each.workers)} workers, ${formatBytes(each.memoryBytes)}`,
    ],
    [
      "",
      `${formatCount(each.ports)} source ports for each address, ${formatCount(each.descriptors)} descriptors a process`,
    ],
    ["shortest ramp", `${formatDuration(needs.shortestRampMs)} with so many machines`],
    [
      "merge",
      `${formatBytes(merge.resultBytes)} of results, ${formatBytes(merge.memoryBytes)} of memory, ${formatDuration(merge.seconds * 1000)}`,
    ],
  ];
  const width = Math.max(...facts.map(([name]) => name.length));
  return facts.map(([name, fact]) => `${name.padEnd(width)}  ${fact}`);
}
