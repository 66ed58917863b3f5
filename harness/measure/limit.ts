import type { HarnessUsage, MachineUsage } from "../result/index.ts";

/** What a generator that was too late could not have: its own processes' time, or the machine's. */
export type Limit = NonNullable<HarnessUsage["limit"]>;

/** How the generator's processes spent the measured time; all are parts of it, 0 to 1, on the mean of the workers. */
export interface GeneratorTime {
  /** On a processor. */
  running: number;
  /** Ready to run, while others had the processors; undefined where the system does not tell. */
  waiting: number | undefined;
}

/** Waiting for half as long as running is no accident of two processes that wake at one time. */
const WAITING_TO_RUNNING = 0.5;
/** Above this part of the time a process's lateness is its own doing, wherever the processors were. */
const BUSY_BY_ITSELF = 0.9;
const NOTICED_STEAL = 0.05;
const NOTICED_PRESSURE = 0.2;

/**
 * Whose limit it was that a generator came late: its own, or that of a machine which gave it no processor in time. The
 * first is mended by more workers, the second is made worse by them.
 */
export function limitOf({ running, waiting }: GeneratorTime, machine: MachineUsage | undefined): Limit {
  if (running >= BUSY_BY_ITSELF) return "generator";
  if (machine && machine.steal >= NOTICED_STEAL) return "machine";
  if (waiting !== undefined) return waiting > running * WAITING_TO_RUNNING ? "machine" : "generator";
  return machine && (machine.pressure ?? 0) >= NOTICED_PRESSURE ? "machine" : "generator";
}

/** What the machine was busy with, and what can be done about it: one sentence. */
export function describeBusyMachine({ waiting }: GeneratorTime, machine: MachineUsage | undefined): string {
  const facts: string[] = [];
  if (waiting !== undefined) facts.push(`the generator waited for a processor in ${percent(waiting)} of the time`);
  if (machine) {
    facts.push(`${machine.runnable.toFixed(1)} processes wanted to run at a time on ${machine.cpus} processors`);
    if (machine.pressure !== undefined)
      facts.push(`somebody waited for one in ${percent(machine.pressure)} of the time`);
    if (machine.steal >= NOTICED_STEAL) facts.push(`the hypervisor kept ${percent(machine.steal)} of their time`);
  }
  const advice =
    machine && machine.steal >= NOTICED_STEAL
      ? "use a machine with processors of its own"
      : "end what else runs here, give target and generator machines or processors of their own (taskset), or ask for less; " +
        "more workers do not help";
  return `this machine was too busy to measure on (${facts.join(", ")}): ${advice}`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}
