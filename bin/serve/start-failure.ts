import { CuppingError } from "../../harness/errors.ts";
import { StoreError, UsersFileError } from "../../server-ref/index.ts";
import type { ServeArguments } from "./arguments.ts";

/** The listener whose port the system refused. */
function listenerOf(port: number | undefined, args: ServeArguments): "tcp" | "ws" | "http" | undefined {
  return (["tcp", "ws", "http"] as const).find((name) => args[name] === port);
}

/**
 * One sentence for why a server did not start: a usage error where the command line is at fault, a target error where
 * the machine is; anything else stays as it is.
 */
export function explainStartFailure(error: unknown, args: ServeArguments): unknown {
  if (!(error instanceof Error)) return error;
  if (error instanceof UsersFileError) return new CuppingError("usage", error.message);
  if (error instanceof StoreError) {
    return error.code === "bad-address"
      ? new CuppingError("usage", error.message)
      : new CuppingError("target", error.message);
  }
  const { code, port } = error as NodeJS.ErrnoException & { port?: number };
  const listener = listenerOf(port, args);
  const option = listener === undefined ? "the port" : `--${listener}`;
  switch (code) {
    case "EADDRINUSE":
      return new CuppingError(
        "target",
        `port ${port} on ${args.host} is taken by another process; choose another by ${option}, or 0 for any free one`,
      );
    case "EACCES":
      if (port === undefined) return error;
      return new CuppingError(
        "target",
        `port ${port} may not be opened by this user; choose one above 1023 by ${option}`,
      );
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return new CuppingError("usage", `--host is "${args.host}", which is no address of this machine`);
    default:
      return error;
  }
}
