import type { Options } from "yargs";

/** The options of `cupping faults`. */
export const faultOptions: Record<string, Options> = {
  target: { type: "string", default: "ref", describe: "tcp://HOST:PORT or ws://HOST:PORT, ref, or container" },
  http: { type: "string", describe: "http://HOST:PORT of the target's HTTP API" },
  image: { type: "string", describe: "for --target container: image of the server; default: built from this checkout" },
  compose: { type: "string", describe: "for --target container: compose file of your own stack, with --service" },
  service: { type: "string", describe: "the service of --compose to connect to" },
  disturb: { type: "string", describe: "services of --compose to kill and pause, e.g. 'postgres,redis'" },
  users: { type: "string", describe: "where accounts come from: register, template, or file:users.csv" },
  "user-template": { type: "string", describe: "names for --users template, e.g. 'test{n}'" },
  "user-password": { type: "string", describe: "@FILE with the password for --users template" },
  "i-own-this-target": { type: "boolean", default: false, describe: "allows a target on a public network" },
  only: { type: "string", describe: "faults to inflict, with * and commas, e.g. 'server-*,partition'" },
  list: { type: "boolean", default: false, describe: "lists the faults, and inflicts none" },
  pairs: { type: "number", default: 4, describe: "pairs of users who write to each other meanwhile" },
  rate: { type: "number", default: 50, describe: "messages per second of one user" },
  recovery: { type: "string", default: "30s", describe: "longest time until all is well again after a fault" },
  mutant: { type: "string", array: true, default: [], describe: "breaks a rule of --target ref; repeatable" },
  seed: { type: "number", describe: "makes users the same again; default: a random one" },
  out: { type: "string", describe: "folder for the results; default reports/out/<time>-faults" },
  report: { type: "string", default: "html", describe: "html, junit, markdown, github, prometheus, with commas" },
  json: { type: "boolean", default: false, describe: "the result on standard output, and nothing else there" },
  quiet: { type: "boolean", default: false, describe: "no progress, only the verdict" },
};

/** What yargs makes of them. */
export interface FaultArguments {
  target: string;
  http?: string;
  image?: string;
  compose?: string;
  service?: string;
  disturb?: string;
  users?: string;
  userTemplate?: string;
  userPassword?: string;
  iOwnThisTarget: boolean;
  only?: string;
  list: boolean;
  pairs: number;
  rate: number;
  recovery: string;
  mutant: string[];
  seed?: number;
  out?: string;
  report: string;
  json: boolean;
  quiet: boolean;
}
