import type { Address } from "../../harness/client/index.ts";
import { startReferenceServer, type Target, type TargetControl } from "../../harness/targets/index.ts";
import { startProxy } from "../peers/proxy.ts";

/** Two servers that share PostgreSQL and Redis, behind one address that sends every other connection to each. */
export interface TwoGates {
  readonly tcp: Address;
  readonly ws: Address;
  readonly http: string;
  /** Acts on both. */
  readonly control: TargetControl;
  stop(): Promise<void>;
}

/** What the gates share. */
export interface SharedDatabases {
  /** `postgres://…` */
  readonly store: string;
  /** `redis://…` */
  readonly bus: string;
}

/** @param options the servers' timers in milliseconds, and more arguments of `cupping serve` */
export async function startTwoGates(
  { store, bus }: SharedDatabases,
  options: Pick<Parameters<typeof startReferenceServer>[0] & object, "timers" | "serveArguments">,
): Promise<TwoGates> {
  const serveArguments = ["--bus", bus, ...(options.serveArguments ?? [])];
  const gates: Target[] = [];
  // One after the other, so that only one makes the accounts of a users file.
  for (const _each of [1, 2]) gates.push(await startReferenceServer({ ...options, store, serveArguments }));
  const proxies = await Promise.all([
    spread(gates.map(({ addresses }) => addresses.tcp as Address)),
    spread(gates.map(({ addresses }) => addresses.ws as Address)),
    spread(gates.map(({ http }) => ({ scheme: "tcp", host: "127.0.0.1", port: portOf(http), path: "/" }))),
  ]);
  const [tcp, ws, http] = proxies.map(({ address }) => address) as [Address, Address, Address];
  return {
    tcp,
    ws,
    http: `http://127.0.0.1:${http.port}`,
    control: both(gates.map(({ control }) => control as TargetControl)),
    async stop() {
      await Promise.all(proxies.map((proxy) => proxy.stop()));
      await Promise.all(gates.map((gate) => gate.stop()));
    },
  };
}

function portOf(http: string | undefined): number {
  return Number(new URL(http ?? "").port);
}

/** A proxy that hands its connections to the addresses in turn. */
function spread(addresses: readonly Address[]): ReturnType<typeof startProxy> {
  let connections = 0;
  const next = (): Address => addresses[connections++ % addresses.length] as Address;
  return startProxy(addresses[0] as Address, () => ({ target: next() }));
}

function both(controls: readonly TargetControl[]): TargetControl {
  const each = async (act: (control: TargetControl) => Promise<void>): Promise<void> => {
    await Promise.all(controls.map(act));
  };
  return {
    restart: () => each((control) => control.restart()),
    crash: () => each((control) => control.crash()),
    kill: () => each((control) => control.kill()),
    start: () => each((control) => control.start()),
    pause: () => controls.forEach((control) => void control.pause()),
    resume: () => controls.forEach((control) => void control.resume()),
    pid: controls[0]?.pid,
  };
}
