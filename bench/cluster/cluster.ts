import type { Address } from "../../harness/client/index.ts";
import { FaultyLink } from "../../harness/faults/index.ts";
import { startReferenceServer, type Target, type TargetControl } from "../../harness/targets/index.ts";
import { type RunningDatabase, startPostgres, startRedis } from "../../server-ref/testing/databases.ts";
import { startProxy } from "../../test/peers/proxy.ts";

/** A part of a cluster that can be broken. */
export interface Part {
  /** Between it and those who use it. */
  readonly link: FaultyLink;
  /** Without warning; it is started again behind `meanwhile`. */
  kill(meanwhile: () => Promise<void>): Promise<void>;
  /** In order. */
  restart(): Promise<void>;
  pause(): void | Promise<void>;
  resume(): void | Promise<void>;
}

/** Two servers on one PostgreSQL and one Redis. */
export interface Cluster {
  /** Both servers behind one address, whose connections go to them in turn. */
  readonly target: Target;
  readonly parts: Record<"gate" | "PostgreSQL" | "Redis", Part>;
  /** The last lines that the servers logged. */
  logTail(): string[];
  stop(): Promise<void>;
}

function databasePart(
  database: RunningDatabase,
  link: FaultyLink,
  signals: { crash: NodeJS.Signals; end: NodeJS.Signals },
): Part {
  return {
    link,
    kill: (meanwhile) => database.restart(signals.crash, meanwhile),
    restart: () => database.restart(signals.end),
    pause: () => database.signal("SIGSTOP"),
    resume: () => database.signal("SIGCONT"),
  };
}

function gatePart(control: TargetControl, link: FaultyLink): Part {
  return {
    link,
    async kill(meanwhile) {
      await control.kill();
      await meanwhile();
      await control.start();
    },
    restart: () => control.restart(),
    pause: () => control.pause(),
    resume: () => control.resume(),
  };
}

async function linkTo(database: RunningDatabase): Promise<{ link: FaultyLink; address: string }> {
  const url = new URL(database.address);
  const link = await FaultyLink.open({ scheme: "tcp", host: url.hostname, port: Number(url.port), path: "/" });
  return { link, address: database.address.replace(`:${url.port}`, `:${link.address.port}`) };
}

/** Starts everything on free ports of the loopback. */
export async function startCluster(): Promise<Cluster> {
  const [postgres, redis] = [await startPostgres(), await startRedis()];
  const [store, bus] = [await linkTo(postgres), await linkTo(redis)];
  const gates: Target[] = [];
  const serveArguments = ["--bus", bus.address, "--password-cost", "1"];
  for (const _each of [1, 2]) gates.push(await startReferenceServer({ store: store.address, serveArguments }));
  const [gate, other] = gates as [Target, Target];
  const link = await FaultyLink.open(gate.address);
  const addresses: Address[] = [link.address, other.address];
  let connections = 0;
  const front = await startProxy(gate.address, () => ({ target: addresses[connections++ % 2] as Address }));
  return {
    // Accounts are made by the server that is never broken itself.
    target: { ...other, address: front.address, addresses: { tcp: front.address } },
    parts: {
      gate: gatePart(gate.control as TargetControl, link),
      // An immediate end of PostgreSQL is a crash to its data; a killed one leaves processes that hold its memory.
      PostgreSQL: databasePart(postgres, store.link, { crash: "SIGQUIT", end: "SIGINT" }),
      Redis: databasePart(redis, bus.link, { crash: "SIGKILL", end: "SIGTERM" }),
    },
    logTail: () => gates.flatMap((each, index) => each.logTail().map((line) => `server ${index + 1}: ${line}`)),
    async stop() {
      await front.stop();
      for (const each of gates) await each.stop();
      for (const each of [link, store.link, bus.link]) await each.close();
      await redis.stop();
      await postgres.stop();
    },
  };
}
