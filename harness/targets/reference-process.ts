import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { pathToFileURL } from "node:url";
import { awakeTimeout } from "../awake-timeout.ts";
import { CuppingError, isCuppingError } from "../errors.ts";
import { receivedError, type SentError } from "../sent-error.ts";
import type { LogTail } from "./log-tail.ts";

/** Ports of a running reference server. */
export interface ServerPorts {
  readonly tcp: number;
  readonly ws: number;
  readonly http: number;
}

/** A reference server as a child process. */
export interface ReferenceProcess {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly ports: ServerPorts;
}

/** Longest wait for the line that says that the server listens, in milliseconds. */
const START_DEADLINE_MS = 30_000;
/** Longest wait for an orderly end before the process is killed, in milliseconds: longer than the server may drain. */
const STOP_DEADLINE_MS = 10_000;

/** Children that still run. They end with this process, whatever ends it. */
const running = new Set<ChildProcess>();
process.on("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

/**
 * Starts `cupping serve` and waits until it listens.
 * @param serveArguments everything behind `serve`
 * @throws CuppingError `port-taken`, or `target`, with the end of the server's log
 */
export async function startReferenceProcess(
  serveArguments: readonly string[],
  log: LogTail,
): Promise<ReferenceProcess> {
  const exitWithParent = join(import.meta.dirname, `exit-with-parent${extname(import.meta.filename)}`);
  const child = spawn(
    process.execPath,
    ["--import", pathToFileURL(exitWithParent).href, launcher(), "serve", ...serveArguments],
    // A process group of its own: Ctrl-C goes to the harness alone, which stops the server when it has finished.
    { stdio: ["pipe", "pipe", "pipe", "ipc"], detached: true },
  );
  running.add(child);
  child.once("exit", () => running.delete(child));
  const { stdin, stdout, stderr } = child as ChildProcess & { stdin: Writable; stdout: Readable; stderr: Readable };
  stdin.on("error", () => {});
  log.follow(stderr);
  try {
    const ports = await listening(child);
    // The channel is for what goes wrong at the start, and the pipes must not keep the harness alive.
    child.disconnect();
    for (const stream of [stdin, stdout, stderr]) (stream as { unref?(): void }).unref?.();
    child.unref();
    return { child, pid: child.pid as number, ports };
  } catch (error) {
    await killProcess(child);
    const tail =
      log.lines.length === 0 ? "" : `; its log ends with:\n${log.lines.map((line) => `  ${line}`).join("\n")}`;
    const code = isCuppingError(error, "port-taken") ? "port-taken" : "target";
    throw new CuppingError(code, `the reference server did not start: ${(error as Error).message}${tail}`);
  }
}

/** Ends a server in order, or by force when it takes too long. */
export async function stopProcess(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const ended = once(child, "exit");
  child.ref();
  child.kill("SIGTERM");
  // A process that was stopped in its tracks would not hear SIGTERM.
  child.kill("SIGCONT");
  const force = setTimeout(() => child.kill("SIGKILL"), STOP_DEADLINE_MS);
  await ended;
  clearTimeout(force);
}

/** Kills a server without warning and waits until it is gone. */
export async function killProcess(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const ended = once(child, "exit");
  child.ref();
  child.kill("SIGKILL");
  await ended;
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
}

/** `bin/cupping.js` of this checkout or package. */
function launcher(): string {
  for (let folder = import.meta.dirname; folder !== dirname(folder); folder = dirname(folder)) {
    const file = join(folder, "bin", "cupping.js");
    if (existsSync(file)) return file;
  }
  throw new CuppingError(
    "target",
    "bin/cupping.js, which starts the reference server, is missing from this installation",
  );
}

function listening(child: ChildProcess): Promise<ServerPorts> {
  return new Promise((resolve, reject) => {
    let text = "";
    const clearDeadline = awakeTimeout(
      () => reject(new Error(`it did not listen within ${START_DEADLINE_MS / 1000} s`)),
      START_DEADLINE_MS,
    );
    let told: CuppingError | undefined;
    child.once("message", (error) => {
      told = receivedError(error as SentError);
    });
    child.once("error", reject);
    // Not at its exit: what it told may come after that.
    child.once("close", (code, signal) => {
      clearDeadline();
      const end = signal ? `it was ended by ${signal}` : `it ended with code ${code}`;
      reject(new CuppingError(told?.code ?? "target", end, { cause: told }));
    });
    child.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
      const end = text.indexOf("\n");
      if (end < 0) return;
      clearDeadline();
      try {
        resolve(readPorts(text.slice(0, end)));
      } catch (error) {
        reject(error);
      }
    });
  });
}

function readPorts(line: string): ServerPorts {
  const { event, tcp, ws, http } = JSON.parse(line) as Record<string, unknown>;
  if (event !== "listening" || typeof tcp !== "number" || typeof ws !== "number" || typeof http !== "number") {
    throw new Error(`its first line was not the expected one: ${line}`);
  }
  return { tcp, ws, http };
}
