import { CuppingError, isCuppingError } from "../../harness/errors.ts";
import type { ServeArguments } from "../options/serve.ts";

/** The listener whose port the system refused. */
function listenerOf(port: number | undefined, args: ServeArguments): "tcp" | "ws" | "http" | undefined {
  return (["tcp", "ws", "http"] as const).find((name) => args[name] === port);
}

/**
 * One sentence for why a server did not start, by the code of the server's or the system's error: a usage error where
 * the command line is at fault, a target error where the machine is; anything else stays as it is.
 */
export function explainStartFailure(error: unknown, args: ServeArguments): unknown {
  if (isCuppingError(error)) return error;
  const { code, message, port } = error as { code?: unknown; message: string; port?: number };
  const listener = listenerOf(port, args);
  const option = listener === undefined ? "the port" : `--${listener}`;
  switch (code) {
    case "bad-users-file":
    case "bad-address":
      return new CuppingError("usage", message, { cause: error });
    case "unavailable":
    case "corrupt":
    case "newer-schema":
    case "closed":
    case "outcome-unknown":
      return new CuppingError("target", message, { cause: error });
    case "EADDRINUSE":
      return new CuppingError(
        "port-taken",
        `port ${port} on ${args.host} is taken by another process; choose another by ${option}, or 0 for any free one`,
        { cause: error },
      );
    case "EACCES":
      if (port === undefined) return error;
      return new CuppingError(
        "target",
        `port ${port} may not be opened by this user; choose one above 1023 by ${option}`,
        { cause: error },
      );
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return new CuppingError("usage", `--host is "${args.host}", which is not an address of this machine`, {
        cause: error,
      });
    default:
      return error;
  }
}
