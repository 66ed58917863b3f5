import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  missingDatabases,
  type RunningDatabase,
  startPostgres,
  startRedis,
} from "../../server-ref/testing/databases.ts";
import { registeredAccounts } from "../accounts/index.ts";
import { startReferenceServer, type Target } from "../targets/index.ts";
import { type Fault, FaultyLink, runFault } from "./index.ts";

/** A link to a database, and the database's address over it. */
async function linkTo(database: RunningDatabase): Promise<{ link: FaultyLink; address: string }> {
  const url = new URL(database.address);
  const link = await FaultyLink.open({ scheme: "tcp", host: url.hostname, port: Number(url.port), path: "/" });
  return { link, address: database.address.replace(`:${url.port}`, `:${link.address.port}`) };
}

const missing = missingDatabases();
if (missing !== undefined) process.stderr.write(`faults of databases are skipped: ${missing}\n`);

describe.skipIf(missing !== undefined)("a server on PostgreSQL and Redis keeps every guarantee when", () => {
  const databases: RunningDatabase[] = [];
  const links: Record<"database" | "cache", FaultyLink> = {} as never;
  let target: Target;

  beforeAll(async () => {
    const [postgres, redis] = [await startPostgres(), await startRedis()];
    databases.push(postgres, redis);
    const [store, bus] = [await linkTo(postgres), await linkTo(redis)];
    links.database = store.link;
    links.cache = bus.link;
    target = await startReferenceServer({
      store: store.address,
      serveArguments: ["--bus", bus.address, "--password-cost", "1"],
    });
  });
  afterAll(async () => {
    await target?.stop();
    for (const link of Object.values(links)) await link.close();
    for (const database of databases) await database.stop();
  });

  test.each([
    ["database", "loses every connection", (link: FaultyLink) => link.cut()],
    [
      "database",
      "loses its connections again and again",
      async (link: FaultyLink, traffic: (ms: number) => Promise<void>) => {
        for (let i = 0; i < 30; i++) {
          link.cut();
          await traffic(50);
        }
      },
    ],
    [
      "database",
      "cannot be reached for a while",
      async (link: FaultyLink, traffic: (ms: number) => Promise<void>) => {
        link.accept(false);
        link.cut();
        await traffic(1_000);
        link.accept(true);
      },
    ],
    [
      "database",
      "stalls",
      async (link: FaultyLink, traffic: (ms: number) => Promise<void>) => {
        link.set({ hold: true });
        await traffic(2_500);
        link.set({});
      },
    ],
    ["cache", "loses every connection", (link: FaultyLink) => link.cut()],
    [
      "cache",
      "stalls",
      async (link: FaultyLink, traffic: (ms: number) => Promise<void>) => {
        link.set({ hold: true });
        await traffic(2_500);
        link.set({});
      },
    ],
  ] as const)("the %s %s", async (which, what, act) => {
    const fault: Fault = {
      name: `${which}-${what.replaceAll(" ", "-")}`,
      title: `the ${which} ${what}`,
      needs: "link",
      inflict: async ({ traffic }) => await act(links[which], traffic),
    };
    const report = await runFault(fault, target, registeredAccounts(target.http as string, { seed: 1 }), { pairs: 2 });
    expect(report.violations).toEqual({
      acknowledged: [],
      kept: [],
      refused: [],
      once: [],
      ordered: [],
      delivered: [],
      counted: [],
    });
    expect(report.course.acknowledged).toBeGreaterThan(0);
  });
});
