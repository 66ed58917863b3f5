import { extname } from "node:path";
import type { Scenario } from "../../harness/load/index.ts";
import chat from "./chat.ts";

/** A scenario that comes with the tool. */
export interface BuiltInScenario {
  scenario: Scenario;
  /** Its module, for the worker processes to load. */
  url: string;
}

/** The scenarios that come with the tool, the default first. */
export const builtInScenarios: readonly BuiltInScenario[] = [chat].map((scenario) => ({
  scenario,
  url: new URL(`./${scenario.name}${extname(import.meta.url)}`, import.meta.url).href,
}));
