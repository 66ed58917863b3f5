import { CuppingError } from "../errors.ts";
import { systemReason } from "../system-reason.ts";
import { readText } from "../text-file.ts";

/** Name of the environment variable with the password of `--users template`. */
export const PASSWORD_VARIABLE = "CUPPING_PASSWORD";

/**
 * The password of template accounts: from `--user-password @FILE`, else from the environment variable
 * CUPPING_PASSWORD, which may itself be `@FILE`. Never from an option's value, which `ps` and the shell's history
 * would show.
 * @throws CuppingError `usage`
 */
export function readPassword(option: string | undefined, environment: NodeJS.ProcessEnv = process.env): string {
  requirePasswordFile(option);
  if (option !== undefined) return readPasswordFile(option.slice(1), "--user-password");
  const value = environment[PASSWORD_VARIABLE];
  if (value === undefined || value === "") {
    throw new CuppingError(
      "usage",
      `--users template needs a password: set the environment variable ${PASSWORD_VARIABLE} or give --user-password @FILE`,
    );
  }
  return value.startsWith("@") ? readPasswordFile(value.slice(1), PASSWORD_VARIABLE) : value;
}

/**
 * Refuses a password on the command line, also where nobody would use it: the line is told to repeat the run.
 * @throws CuppingError `usage`
 */
export function requirePasswordFile(option: string | undefined): void {
  if (option === undefined || option.startsWith("@")) return;
  throw new CuppingError(
    "usage",
    `--user-password takes @FILE, because everybody on this machine can see an option's value; or set ${PASSWORD_VARIABLE}`,
  );
}

function readPasswordFile(path: string, from: string): string {
  let text: string;
  try {
    text = readText(path);
  } catch (error) {
    throw new CuppingError("usage", `${from}: the password file cannot be read: ${systemReason(error)}`);
  }
  const password = text.replace(/\r?\n$/, "");
  if (password === "" || password.includes("\n")) {
    throw new CuppingError("usage", `${from}: ${path} should hold the password on its only line`);
  }
  return password;
}
