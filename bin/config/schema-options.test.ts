import { expect, it } from "vitest";
import yargs, { type CommandModule } from "yargs";
import type { CommonOptions } from "./common-types.ts";
import type {
  CompareOptions,
  ConformanceOptions,
  FaultOptions,
  GateOptions,
  K6Options,
  LoadSection,
  OutputOptions,
  ReportOptions,
  ServeOptions,
} from "./index.ts";
import { configSchema } from "./validate.ts";

// What a configuration may say and what the commands understand are written in three places: none may know more.

interface Property {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  items?: { enum?: unknown[] };
  description?: string;
  properties?: Record<string, Property>;
}

const { properties, $defs } = configSchema as unknown as Record<"properties" | "$defs", Record<string, Property>>;
const resolved = (property: Property): Property =>
  property.$ref === undefined ? property : ($defs[property.$ref.replace("#/$defs/", "")] ?? property);

interface YargsOptions {
  key: Record<string, unknown>;
  boolean: string[];
  number: string[];
  array: string[];
  choices: Record<string, unknown[]>;
}

/** Each command's options that make no sense in a file: what is worked on, or what only one call wants. */
const perCall: Record<string, string[]> = {
  load: ["scenario"],
  k6: ["scenario"],
  report: ["results"],
  compare: ["base", "new"],
  conformance: ["list"],
  faults: ["list"],
  // These stand at the top of the file, and the gate reads them there.
  gate: ["config", "target", "http", "label", "seed", "baseline", "updateBaseline", "report"],
};

const camel = (name: string): string => name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

async function optionsOf(name: string): Promise<YargsOptions> {
  const { command } = (await import(`../commands/${name}.ts`)) as { command: CommandModule };
  const { builder } = command;
  if (typeof builder !== "function") throw new Error(`${name} has no builder`);
  const built = await builder(yargs([]));
  return (built as unknown as { getOptions(): YargsOptions }).getOptions();
}

const sections = ["conformance", "load", "k6", "faults", "report", "compare", "gate", "serve"];

it.each(sections)("the section %s has every option of its command, and no other", async (name) => {
  const options = await optionsOf(name);
  // The scenario's own options are any: they depend on the scenario, which the schema cannot know.
  const ofScenario = ["chat", "group", "read", "sessions", "history"];
  const names = Object.keys(options.key)
    .map(camel)
    .filter(
      (option) =>
        !["help", "version", ...(perCall[name] ?? []), ...(name === "load" ? ofScenario : [])].includes(option),
    )
    .map((option) => (option === "threshold" ? "thresholds" : option));
  expect(Object.keys(properties[name]?.properties ?? {}).sort()).toEqual(names.sort());
});

it.each(sections)("the section %s has the types and choices of its command's options", async (name) => {
  const options = await optionsOf(name);
  const kebabs = new Map(Object.keys(options.key).map((option) => [camel(option), option]));
  for (const [option, property] of Object.entries(properties[name]?.properties ?? {})) {
    const given = kebabs.get(option) ?? option;
    const { type, enum: choices, items, description } = resolved(property);
    const told = { option, boolean: [type].flat().includes("boolean"), choices: choices ?? items?.enum };
    expect(told).toEqual({ option, boolean: options.boolean.includes(given), choices: options.choices[given] });
    if (type === "number" || type === "integer")
      expect({ option, of: options.number }).toEqual({ option, of: expect.arrayContaining([given]) });
    if (type === "array")
      expect({ option, of: options.array }).toEqual({ option, of: expect.arrayContaining([given]) });
    expect(description, option).toBeTruthy();
  }
});

type Keys<T> = Record<keyof T, true>;
type Named<T> = keyof { [K in keyof T as string extends K ? never : K]: T[K] };

const common: Keys<CommonOptions> = {
  ...{ target: true, http: true, users: true, userTemplate: true, userPassword: true, iOwnThisTarget: true },
  ...{ label: true, seed: true },
};
const output: Keys<OutputOptions> = { out: true, report: true, json: true, quiet: true };
const { label: _label, ...unlabelled } = common;
const { report: _report, ...silent } = output;

/** The keys of the types. The compiler sees to it that none is missing and none is invented. */
const typed = {
  k6: {
    ...{ ...common, ...output, vus: true, rate: true, duration: true, ramp: true, drain: true, payload: true },
    ...{ thresholds: true, k6: true, k6Arg: true, samples: true, keepSamples: true, serveArg: true },
  } satisfies Keys<K6Options>,
  faults: {
    ...{ ...unlabelled, ...output, image: true, compose: true, service: true, disturb: true, only: true, pairs: true },
    ...{ rate: true, recovery: true, mutant: true },
  } satisfies Keys<FaultOptions>,
  report: {
    ...{ ...output, matrix: true, merge: true, history: true, figures: true, pushGateway: true, job: true, otlp: true },
  } satisfies Keys<ReportOptions>,
  compare: { ...output, tolerance: true, allow: true, seed: true } satisfies Keys<CompareOptions>,
  gate: { ...silent, only: true, repeatInvalid: true, allow: true } satisfies Keys<GateOptions>,
  serve: {
    ...{ host: true, tcp: true, ws: true, http: true, store: true, bus: true, durability: true, loginTimeout: true },
    ...{ heartbeatTimeout: true, ackTimeout: true, callAnswerTimeout: true, callHeartbeatTimeout: true },
    ...{ drainTimeout: true, maxFrame: true, processes: true, maxConnections: true, maxOutgoing: true },
    ...{ requestRate: true, registrationsPerHour: true, passwordCost: true, usersFile: true, robotWebhook: true },
    ...{ robotTimeout: true, tlsCert: true, tlsKey: true, mutant: true },
  } satisfies Keys<ServeOptions>,
  conformance: {
    ...{ ...common, ...output, websocket: true, image: true, compose: true, service: true, tokenUsers: true },
    ...{ only: true, skip: true, level: true, profile: true, capabilities: true, knownFailing: true },
    ...{ knownFlaky: true, writeKnownFailing: true, allowIncomplete: true, jobs: true, timeoutScale: true },
    ...{ timers: true, mutant: true, verbose: true },
  } satisfies Keys<ConformanceOptions>,
  load: {
    ...{ ...common, ...output, metrics: true, transport: true, clients: true, rate: true, closed: true, think: true },
    ...{ arrivals: true, ramp: true, warmup: true, duration: true, stages: true, drain: true, workers: true },
    ...{ image: true, compose: true, service: true },
    ...{
      payload: true,
      heartbeat: true,
      thresholds: true,
      maxRate: true,
      audit: true,
      findMax: true,
      verbose: true,
      serveArg: true,
    },
  } satisfies Record<Named<LoadSection>, true>,
};

it.each(Object.entries(typed))("the section %s has the keys of its type", (name, keys) => {
  expect(Object.keys(properties[name]?.properties ?? {}).sort()).toEqual(Object.keys(keys).sort());
});
