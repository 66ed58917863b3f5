import { extname } from "node:path";
import type { Scenario } from "../../harness/load/index.ts";
import chat from "./chat.ts";
import group from "./group.ts";
import history from "./history.ts";
import idle from "./idle.ts";
import login from "./login.ts";
import mixed from "./mixed.ts";
import reconnectStorm from "./reconnect-storm.ts";
import soak from "./soak.ts";
import unread from "./unread.ts";

/** A scenario that comes with the tool. */
export interface BuiltInScenario {
  scenario: Scenario;
  /** Its module, for the worker processes to load. */
  url: string;
}

const scenarios = [mixed, chat, group, login, unread, history, reconnectStorm, idle, soak];

/** The scenarios that come with the tool, the default first. A scenario's file is named like the scenario. */
export const builtInScenarios: readonly BuiltInScenario[] = scenarios.map((scenario) => ({
  scenario,
  url: new URL(`./${scenario.name}${extname(import.meta.url)}`, import.meta.url).href,
}));
