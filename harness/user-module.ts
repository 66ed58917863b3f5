import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { CuppingError } from "./errors.ts";

/** The endings of the modules that Node runs, TypeScript first. */
export const moduleExtensions: readonly string[] = [".ts", ".mts", ".cts", ".js", ".mjs", ".cjs"];

/** What Node says of a package that could be set up better: of no use to who only writes a configuration. */
const MODULE_WARNING = /^Failed to load the ES module: |^Module type of file:/;
/** What Node says of an ES module that it was told to read as CommonJS. */
const ES_SYNTAX_IN_COMMON_JS = /^Unexpected token 'export'$|^Cannot use import statement outside a module$/;

/**
 * The default export of a module of the user's own. What the module prints goes to standard error, since standard
 * output is for results; Node's warnings about the kind of its package are left out.
 * @param url as `import` takes it
 * @param what the module in words, for the error, e.g. `the scenario`
 * @throws CuppingError `usage` that names file and line of what cannot be read, and what helps
 */
export async function importDefault(url: string, what?: string): Promise<unknown> {
  const restore = [muteModuleWarnings(), divertOutput()];
  try {
    return ((await import(url)) as { default?: unknown }).default;
  } catch (cause) {
    const file = url.startsWith("file:") ? fileURLToPath(url) : url;
    throw new CuppingError("usage", `${what ? `${what} ` : ""}${file} cannot be loaded: ${reasonIn(file, cause)}`, {
      cause,
    });
  } finally {
    for (const undo of restore) undo();
  }
}

/** The name that a module gets which must be an ES module whatever its package is: `name.ts`, else `name.mts`. */
export function esModuleName(folder: string, name: string): string {
  return packageTypeOf(folder) === "commonjs" ? `${name}.mts` : `${name}.ts`;
}

function packageTypeOf(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    try {
      return (JSON.parse(readFileSync(join(at, "package.json"), "utf8")) as { type?: string }).type;
    } catch {
      // None here, or none that can be read: Node looks further up, too.
    }
    if (at === dirname(at)) return undefined;
  }
}

function reasonIn(file: string, cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  if (!(cause instanceof SyntaxError)) return cause.message;
  if (ES_SYNTAX_IN_COMMON_JS.test(cause.message)) {
    const renamed = file.slice(0, -extname(file).length) + (/ts$/.test(file) ? ".mts" : ".mjs");
    return `it is an ES module, and its ending or its package.json ("type": "commonjs") says CommonJS; call it ${renamed}`;
  }
  const place = placeOf(cause.stack) ?? placeOf(checked(file));
  return place === undefined ? cause.message : `${cause.message}, at ${place}`;
}

/** `file:line` from the first line that Node writes about code that it cannot read. */
function placeOf(text: string | undefined): string | undefined {
  const [, path, line] = /^(?:file:\/\/)?(\/.+|[A-Za-z]:.+):(\d+)$/m.exec(text?.split("\n")[0] ?? "") ?? [];
  return path && `${path}:${line}`;
}

/** What Node itself says of the file: for ES modules in JavaScript the error that `import` gives tells no place. */
function checked(file: string): string {
  return spawnSync(process.execPath, ["--check", file], { encoding: "utf8" }).stderr;
}

/**
 * A change of the process that several imports at a time share: each undoing its own would restore what another one had
 * changed.
 */
function shared(change: () => () => void): () => () => void {
  let users = 0;
  let undo: (() => void) | undefined;
  return () => {
    if (users++ === 0) undo = change();
    return () => {
      if (--users === 0) undo?.();
    };
  };
}

const filterWarnings = shared(() => {
  const listeners = process.listeners("warning");
  const filter = (warning: Error): void => {
    if (!MODULE_WARNING.test(warning.message)) for (const listener of listeners) listener(warning);
  };
  process.removeAllListeners("warning");
  process.on("warning", filter);
  return () => {
    process.off("warning", filter);
    for (const listener of listeners) process.on("warning", listener);
  };
});

function muteModuleWarnings(): () => void {
  const restore = filterWarnings();
  // Warnings are told a turn after they arise.
  return () => void setImmediate(restore);
}

const divertOutput = shared(() => {
  const { write } = process.stdout;
  process.stdout.write = process.stderr.write.bind(process.stderr);
  return () => {
    process.stdout.write = write;
  };
});
