import { describe, expect, test } from "vitest";
import { writeReferenceAccounts } from "../../bin/conformance/reference-accounts.ts";
import { cimRegistry } from "../../codegen/index.ts";
import { registeredAccounts } from "../../harness/accounts/index.ts";
import type { Address } from "../../harness/client/index.ts";
import type { TargetTimers } from "../../harness/runner/index.ts";
import { startReferenceServer, type TargetControl } from "../../harness/targets/index.ts";
import { conformanceCases } from "../../scenarios/conformance/index.ts";
import { missingDatabases, startPostgres, startRedis } from "../../server-ref/testing/databases.ts";
import { runCases } from "../proof/run.ts";
import { startTwoGates } from "./two-gates.ts";

/** The contract's own timers make a run take more than a minute; they are for runs by hand. */
const TIMERS: TargetTimers = process.env["CUPPING_LONG_TESTS"]
  ? { login: 15_000, heartbeat: 60_000, ack: 15_000, call: 30_000 }
  : { login: 5_000, heartbeat: 6_000, ack: 2_000, call: 4_000 };
const SEED = 11;

const accounts = writeReferenceAccounts(SEED);
const serveArguments = [
  ...["--password-cost", "1", "--users-file", accounts.path],
  ...["--call-heartbeat-timeout", `${TIMERS.call}ms`, "--drain-timeout", "500ms"],
];

/** A server, however it is made up. */
interface Arrangement {
  readonly tcp: Address;
  readonly ws: Address;
  readonly http: string;
  readonly control: TargetControl;
}

/** How often a case may be run that a busy machine kept from telling anything. */
const ATTEMPTS = 3;

/** The cases that do not pass; one that could not run is among them, one for servers that chose otherwise is not. */
async function notPassed({ tcp, ws, http, control }: Arrangement): Promise<string[]> {
  const around = {
    address: tcp,
    registry: cimRegistry,
    webSocket: ws,
    http,
    accounts: accounts.addTo(registeredAccounts(http, { seed: SEED })),
    control,
    timers: TIMERS,
    // Servers in several processes, with their databases, on the cores of one machine.
    timeoutScale: 2,
    seed: SEED,
  };
  let results = await runCases(conformanceCases, around);
  expect(results).toHaveLength(conformanceCases.length);
  for (let attempt = 2; attempt <= ATTEMPTS; attempt++) {
    const unrun = new Set(results.filter(({ status }) => status === "couldNotRun").map(({ id }) => id));
    const again = conformanceCases.filter(({ id }) => unrun.has(id));
    if (again.length === 0) break;
    results = [...results.filter(({ id }) => !unrun.has(id)), ...(await runCases(again, around))];
  }
  return results
    .filter(({ status }) => status !== "passed" && status !== "notApplicable")
    .map(({ id, status, reason }) => `${id} ${status}: ${reason}`);
}

test("every case passes against a server whose sockets are spread over processes", async () => {
  await using target = await startReferenceServer({
    timers: TIMERS,
    serveArguments: [...serveArguments, "--processes", "2"],
  });
  const { tcp, ws } = target.addresses;
  const arrangement = { tcp, ws, http: target.http, control: target.control } as Arrangement;
  expect(await notPassed(arrangement)).toEqual([]);
}, 300_000);

describe.skipIf(missingDatabases())("two servers that share PostgreSQL and Redis", () => {
  test("every case passes against them", async () => {
    const [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
    const gates = await startTwoGates(
      { store: postgres.address, bus: redis.address },
      { timers: TIMERS, serveArguments },
    );
    try {
      expect(await notPassed(gates)).toEqual([]);
    } finally {
      await gates.stop();
      await Promise.all([postgres.stop(), redis.stop()]);
    }
  }, 300_000);
});
