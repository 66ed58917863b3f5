import type { ConformanceArguments } from "./arguments.ts";

/** A word of a command line, quoted where a shell would take it apart. */
export function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** The command line that repeats a run, or one case of it. It holds no secrets: passwords are in no option. */
export function repeatCommand(args: ConformanceArguments, seed: number, only: string | undefined = args.only): string {
  const words = ["npx", "cupping", "conformance", "--target", args.target];
  const add = (name: string, value: string | undefined): void => {
    if (value !== undefined && value !== "") words.push(`--${name}`, value);
  };
  add("http", args.http);
  add("websocket", args.websocket);
  add("image", args.image);
  add("compose", args.compose);
  add("service", args.service);
  add("users", args.users);
  add("user-template", args.userTemplate);
  add("user-password", args.userPassword);
  add("token-users", args.tokenUsers);
  if (args.iOwnThisTarget) words.push("--i-own-this-target");
  for (const mutant of args.mutant) add("mutant", mutant);
  add("only", only);
  if (only === args.only) add("skip", args.skip);
  if (args.level !== "must") add("level", args.level);
  if (args.profile !== "full") add("profile", args.profile);
  add("capabilities", args.capabilities);
  add("timers", args.timers);
  if (args.timeoutScale !== 1) add("timeout-scale", String(args.timeoutScale));
  if (only === args.only) {
    add("known-failing", args.knownFailing);
    add("known-flaky", args.knownFlaky);
    if (args.allowIncomplete) words.push("--allow-incomplete");
  }
  add("seed", String(seed));
  return words.map(quote).join(" ");
}
