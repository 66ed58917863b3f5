import { extname } from "node:path";
import { fileURLToPath } from "node:url";

/** A k6 script that comes with the tool. */
export interface K6ScenarioInfo {
  readonly name: string;
  /** One line for lists. */
  readonly title: string;
  /** Users of the target for each virtual user of k6. */
  readonly usersPerVu: number;
  /** Virtual users when the user says nothing; the script's own default. */
  readonly defaultVus: number;
}

/** The k6 scripts that come with the tool, the default first. The scripts themselves run inside k6 only. */
export const k6Scenarios: readonly K6ScenarioInfo[] = [
  {
    name: "chat",
    title: "pairs of users write to each other; a virtual user is a pair",
    usersPerVu: 2,
    defaultVus: 20,
  },
  { name: "login", title: "users connect, log in and leave again", usersPerVu: 1, defaultVus: 20 },
  {
    name: "unread",
    title: "messages wait for a user who is away; the unread count must be exact",
    usersPerVu: 2,
    defaultVus: 10,
  },
  { name: "history", title: "users read a conversation page by page", usersPerVu: 2, defaultVus: 10 },
  {
    name: "group",
    title: "members of groups of five write in turn; a virtual user is a group",
    usersPerVu: 5,
    defaultVus: 5,
  },
];

/**
 * The file of a script: in a checkout its source, which must be bundled for k6; in the package the finished bundle.
 */
export function k6ScriptFile(name: string): { file: string; bundled: boolean } {
  const bundled = extname(import.meta.url) === ".js";
  const file = bundled ? `../../k6/${name}.js` : `./${name}.ts`;
  return { file: fileURLToPath(new URL(file, import.meta.url)), bundled };
}
