import type { Options } from "yargs";

/** The options of `cupping conformance`. */
export const conformanceOptions: Record<string, Options> = {
  target: { type: "string", default: "ref", describe: "tcp://, tls://, ws:// or wss://HOST:PORT, ref, or container" },
  http: { type: "string", describe: "http://HOST:PORT of the target's HTTP API" },
  websocket: { type: "string", describe: "ws://HOST:PORT of the same server, when --target is its TCP address" },
  image: { type: "string", describe: "for --target container: image of the server; default: built from this checkout" },
  compose: { type: "string", describe: "for --target container: compose file of your own stack, with --service" },
  service: { type: "string", describe: "the service of --compose to connect to" },
  users: { type: "string", describe: "where accounts come from: register, template, or file:users.csv" },
  "user-template": { type: "string", describe: "names for --users template, e.g. 'test{n}'" },
  "user-password": { type: "string", describe: "@FILE with the password for --users template" },
  "token-users": { type: "string", describe: "users.csv of accounts with a token, beside those that are registered" },
  "i-own-this-target": { type: "boolean", default: false, describe: "allows a target on a public network" },
  only: { type: "string", describe: "cases to run: rules or ids with *, commas between, e.g. 'MSG-*,LOGIN-02'" },
  skip: { type: "string", describe: "cases to leave out, in the same form" },
  list: { type: "boolean", default: false, describe: "lists the cases that would run, and runs none" },
  level: {
    choices: ["must", "should", "may"],
    default: "must",
    describe: "broken rules of this level and above fail, lower ones warn",
  },
  profile: { choices: ["full", "upstream"], default: "full", describe: "everything, or only what CoffeeChat does" },
  capabilities: { type: "string", describe: "JSON file of groups of rules that the target claims or not" },
  "known-failing": { type: "string", describe: "file of cases that may fail; one of them that passes fails the run" },
  "known-flaky": { type: "string", describe: "file of cases that may fail or pass" },
  "write-known-failing": { type: "string", describe: "writes the cases that failed into a file for --known-failing" },
  "allow-incomplete": {
    type: "boolean",
    default: false,
    describe: "cases that could not run do not spoil the verdict",
  },
  jobs: { type: "number", default: 8, describe: "cases at a time; those about timers run beside them" },
  "timeout-scale": { type: "number", default: 1, describe: "stretches the suite's deadlines, for slow targets" },
  timers: { type: "string", default: "", describe: "the target's own timers, e.g. login=15s,heartbeat=60s,ack=15s" },
  mutant: { type: "string", array: true, default: [], describe: "breaks a rule of --target ref; repeatable" },
  seed: { type: "number", describe: "makes users and data the same again; default: a random one" },
  out: { type: "string", describe: "folder for the results; default reports/out/<time>-conformance" },
  report: { type: "string", default: "html", describe: "html, junit, markdown, github, prometheus, with commas" },
  label: { type: "string", describe: "a name for this run, such as the version under test" },
  json: { type: "boolean", default: false, describe: "the result on standard output, and nothing else there" },
  quiet: { type: "boolean", default: false, describe: "no progress, only the verdict" },
  verbose: { type: "boolean", default: false, describe: "each case as it ends; frames of passed cases are kept, too" },
};

/** What yargs makes of them. */
export interface ConformanceArguments {
  target: string;
  http?: string;
  websocket?: string;
  image?: string;
  compose?: string;
  service?: string;
  users?: string;
  userTemplate?: string;
  userPassword?: string;
  tokenUsers?: string;
  iOwnThisTarget: boolean;
  only?: string;
  skip?: string;
  list: boolean;
  level: "must" | "should" | "may";
  profile: "full" | "upstream";
  capabilities?: string;
  knownFailing?: string;
  knownFlaky?: string;
  writeKnownFailing?: string;
  allowIncomplete: boolean;
  jobs: number;
  timeoutScale: number;
  timers: string;
  mutant: string[];
  seed?: number;
  out?: string;
  report: string;
  label?: string;
  json: boolean;
  quiet: boolean;
  verbose: boolean;
}

/** What the options are when none is given. */
export const defaultArguments: ConformanceArguments = {
  target: "ref",
  iOwnThisTarget: false,
  list: false,
  level: "must",
  profile: "full",
  allowIncomplete: false,
  jobs: 8,
  timeoutScale: 1,
  timers: "",
  mutant: [],
  report: "html",
  json: false,
  quiet: false,
  verbose: false,
};
