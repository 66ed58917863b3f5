import type { Options } from "yargs";
import { k6Scenarios } from "../../scenarios/k6/index.ts";

/** Options of `k6`. */
export const k6Options: Record<string, Options> = {
  target: { type: "string", default: "ref", describe: "ws://HOST:PORT, wss://, or ref: start the reference server" },
  http: { type: "string", describe: "http://HOST:PORT of the target's HTTP API, for registering users" },
  users: { type: "string", describe: "how accounts come to be: register, template, or file:users.csv" },
  "user-template": {
    type: "string",
    describe: "names of existing accounts, e.g. 'load{n}'; password from CUPPING_PASSWORD",
  },
  "user-password": { type: "string", describe: "@FILE with the password of template accounts" },
  vus: { type: "number", describe: "virtual users of k6; each stands for as many users as the scenario says" },
  rate: { type: "number", describe: "messages or iterations per second, all virtual users together" },
  duration: { type: "string", default: "30s", describe: "measured time" },
  ramp: { type: "string", default: "5s", describe: "time over which users of long sessions come up" },
  drain: { type: "string", default: "10s", describe: "longest wait for what is on its way at the end" },
  payload: { type: "number", default: 100, describe: "bytes of a message's content" },
  threshold: {
    type: "string",
    array: true,
    requiresArg: true,
    nargs: 1,
    describe: "limit on a figure, e.g. 'msg_e2e: p(99)<200 abortOnFail'; repeatable",
  },
  k6: { type: "string", describe: "the k6 program [default: k6 on the PATH, or in Go's folder]" },
  "k6-arg": { type: "string", array: true, nargs: 1, describe: "argument for k6 run, e.g. --k6-arg=--http-debug" },
  samples: {
    type: "boolean",
    default: true,
    describe: "have k6 export every sample, for histograms and a course over time",
  },
  "keep-samples": { type: "boolean", default: false, describe: "leave the samples beside the result" },
  "serve-arg": {
    type: "string",
    array: true,
    nargs: 1,
    describe: "argument for the reference server, e.g. --serve-arg=--mutant=x",
  },
  "i-own-this-target": {
    type: "boolean",
    default: false,
    describe: "needed for a target that is not on a private network",
  },
  report: { type: "string", default: "html", describe: "html, junit, markdown, github, prometheus, csv; with commas" },
  out: { type: "string", describe: "folder for the result [default: reports/out/<time>-k6-<scenario>]" },
  json: { type: "boolean", default: false, describe: "print the result on standard output" },
  label: { type: "string", describe: "a name for this run, e.g. the version of the server under test" },
  seed: { type: "number", describe: "same seed: same user names [default: drawn, and recorded]" },
  quiet: { type: "boolean", default: false, describe: "no progress" },
};

/** The parsed command line of `k6`. */
export interface K6Arguments {
  scenario: string;
  target: string;
  http?: string;
  users?: string;
  userTemplate?: string;
  userPassword?: string;
  vus?: number;
  rate?: number;
  duration: string;
  ramp: string;
  drain: string;
  payload: number;
  threshold?: string[];
  k6?: string;
  k6Arg?: string[];
  samples: boolean;
  keepSamples: boolean;
  serveArg?: string[];
  iOwnThisTarget: boolean;
  report: string;
  out?: string;
  json: boolean;
  label?: string;
  seed?: number;
  quiet: boolean;
}

/** The scenarios, for the help. */
export const scenarioList: string = k6Scenarios.map(({ name, title }) => `  ${name.padEnd(9)}${title}`).join("\n");
