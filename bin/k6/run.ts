import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type Account, hideInFile, takeAccounts } from "../../harness/accounts/index.ts";
import { formatAuthority } from "../../harness/client/index.ts";
import { OWN_DESCRIPTORS } from "../../harness/descriptors.ts";
import { CuppingError } from "../../harness/errors.ts";
import { findK6, type K6Binary, prepareScript, runK6, SAMPLES_FILE } from "../../harness/k6-run/index.ts";
import { describeMachine, parseDuration, parseThreshold, TargetUsage } from "../../harness/measure/index.ts";
import { requireFirstLogin, type Target } from "../../harness/targets/index.ts";
import packageJson from "../../package.json" with { type: "json" };
import { k6Scenarios, k6ScriptFile } from "../../scenarios/k6/index.ts";
import { nameOf } from "../load/scenario-choice.ts";
import { tellLoad } from "../load/summary.ts";
import { type K6Arguments, k6Options } from "../options/k6.ts";
import { perform, type Run } from "../run/perform.ts";
import { checkTested, metricsUrl, openTested, type Tested, withTargetLog } from "../run/target.ts";
import { makeTemporaryFolder, writeSecretFile } from "../run/temporary.ts";
import { givenFlags } from "../run/tls.ts";

interface ChosenScript {
  readonly name: string;
  readonly usersPerVu: number;
  readonly defaultVus: number;
  readonly source: { file: string; bundled: boolean };
}

/** A scenario of the tool by its name, or a script of the user's own by its file. */
function chooseScript(name: string): ChosenScript {
  const known = k6Scenarios.find((scenario) => scenario.name === name);
  if (known) return { ...known, source: k6ScriptFile(name) };
  if (!/\.[cm]?[jt]s$/.test(name)) {
    const names = k6Scenarios.map((scenario) => scenario.name).join(", ");
    throw new CuppingError(
      "usage",
      `there is no k6 scenario "${name}"; there are ${names}, or give a script such as ./mine.ts`,
    );
  }
  const file = resolve(name);
  if (!existsSync(file)) throw new CuppingError("usage", `the k6 script ${file} does not exist`);
  return { name: file, usersPerVu: OWN_USERS_PER_VU, defaultVus: OWN_VUS, source: { file, bundled: false } };
}

/** Users for each virtual user of a script that does not say how many it takes, and virtual users. */
const OWN_USERS_PER_VU = 5;
const OWN_VUS = 10;

/** Refuses what k6 would only refuse after the target was started. */
function requireSensible(args: K6Arguments): void {
  const flag = givenFlags(args).find((given) => given !== "--ca" && given !== "--insecure");
  if (flag !== undefined)
    throw new CuppingError(
      "usage",
      `cupping k6 takes no ${flag}: k6 has client certificates in the options of its scripts (tlsAuth), and no other server name`,
    );
  for (const name of ["duration", "ramp", "drain"] as const) parseDuration(args[name], `--${name}`);
  for (const text of args.threshold ?? []) parseThreshold(text);
}

/** Runs a scenario under k6 and reads the result back. @returns the exit code */
export async function runUnderK6(args: K6Arguments): Promise<number> {
  const script = chooseScript(args.scenario);
  requireSensible(args);
  const metrics = await metricsUrl(args);
  const k6 = await findK6(args.k6);
  /** The samples beside the result, or what became of them: the outcome is told first. */
  let samples: Promise<string> | undefined;
  return perform({
    descriptors: OWN_DESCRIPTORS,
    what: `k6-${nameOf(args.scenario)}`,
    words: ["k6", args.scenario],
    rows: k6Options.rows,
    args,
    check: async () => {
      const choice = await checkTested(args);
      if (choice.kind === "external") webSocketAddress({ address: choice.address, addresses: {} });
    },
    open: (run, signal) => openTested(args, run, { signal, transport: "ws", serveArguments: args.serveArg ?? [] }),
    measure: async (run, tested, interrupt) => {
      const { target } = tested;
      const folder = makeTemporaryFolder("k6");
      try {
        const variables = await variablesFor(args, { script, run, folder, tested, interrupt, k6 });
        const result = await runK6({
          k6,
          script: await prepareScript(script.source, folder),
          folder,
          variables,
          arguments: args.k6Arg ?? [],
          samples: args.samples,
          quiet: args.quiet,
          targetUsage: new TargetUsage(target, metrics),
          secrets: run.secrets,
          interrupt,
        });
        if (args.keepSamples && args.samples) {
          samples = hideInFile(join(folder, SAMPLES_FILE), join(run.folder, SAMPLES_FILE), run.secrets);
          await samples.catch(() => undefined);
        }
        return withTargetLog(result, target, run.secrets);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
    tell: (result, outlet) => tellLoad(result, outlet),
    keep: async () => (samples === undefined ? [] : [await samples]),
  });
}

interface Prepared {
  readonly script: ChosenScript;
  readonly run: Run;
  readonly folder: string;
  readonly tested: Tested;
  readonly interrupt: AbortSignal;
  readonly k6: K6Binary;
}

async function variablesFor(args: K6Arguments, prepared: Prepared): Promise<Record<string, string>> {
  const { script, run, folder, tested, interrupt, k6 } = prepared;
  const { target } = tested;
  const address = webSocketAddress(target);
  const vus = args.vus ?? script.defaultVus;
  const users = await writeUsers(tested, vus * script.usersPerVu, folder, interrupt);
  // It tags every message of the run.
  const id = run.head().id.slice(0, 8);
  const context = {
    tool: { name: "cupping", version: packageJson.version },
    run: { id, seed: run.seed, command: run.command, ...(args.label !== undefined && { label: args.label }) },
    target: {
      url: address,
      transport: address.startsWith("wss:") ? "wss" : "ws",
      ...(args.insecure && { certificate: "unchecked" }),
      startedBy: target.startedBy,
      ...(target.http !== undefined && { http: target.http }),
    },
    environment: { ...describeMachine(), node: `${process.version}, k6 ${k6.version}` },
  };
  return {
    // k6 is written in Go, which reads whom to trust from there.
    ...(args.ca !== undefined && { SSL_CERT_FILE: resolve(args.ca) }),
    ...(args.insecure && { K6_INSECURE_SKIP_TLS_VERIFY: "true" }),
    CUPPING_URL: address,
    CUPPING_RUN: id,
    CUPPING_USERS: users,
    CUPPING_VUS: String(vus),
    CUPPING_DURATION: args.duration,
    CUPPING_RAMP: args.ramp,
    CUPPING_DRAIN: args.drain,
    CUPPING_PAYLOAD: String(args.payload),
    CUPPING_THRESHOLDS: JSON.stringify(args.threshold ?? []),
    CUPPING_CONTEXT: JSON.stringify(context),
    ...(target.http !== undefined && { CUPPING_HTTP: target.http }),
    ...(args.rate !== undefined && { CUPPING_RATE: String(args.rate) }),
  };
}

/** k6 speaks to the target over WebSocket only. */
function webSocketAddress({ address, addresses }: Pick<Target, "address" | "addresses">): string {
  const found = address.scheme === "ws" || address.scheme === "wss" ? address : addresses.ws;
  if (!found) {
    throw new CuppingError(
      "usage",
      `k6 needs the target's WebSocket address, and ${address.scheme}://${address.host}:${address.port} is not one; expected ws:// or wss://`,
    );
  }
  return `${found.scheme}://${formatAuthority(found)}`;
}

async function writeUsers(
  { target, accounts }: Tested,
  count: number,
  folder: string,
  signal: AbortSignal,
): Promise<string> {
  if (accounts.size < count)
    throw new CuppingError("usage", `this run needs ${count} accounts, and there are ${accounts.size}`);
  let users: readonly Account[] = [];
  const takeAll = async (): Promise<Account> => {
    users = await takeAccounts(accounts, count, 16, signal);
    return users[0] as Account;
  };
  await requireFirstLogin(target, takeAll, accounts.registers, signal);
  const file = join(folder, "users.json");
  writeSecretFile(file, JSON.stringify(users.map(({ user_name, user_pwd }) => ({ user_name, user_pwd }))));
  return file;
}
