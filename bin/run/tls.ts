import { isIP } from "node:net";
import { createSecureContext, type SecureContextOptions } from "node:tls";
import { isSecure, type TlsSettings } from "../../harness/client/index.ts";
import { CuppingError } from "../../harness/errors.ts";
import type { TargetChoice } from "../../harness/targets/index.ts";
import { readText } from "../../harness/text-file.ts";
import type { ArgumentsOf } from "../options/row.ts";
import type { TlsRows } from "../options/tls.ts";

type TlsArguments = ArgumentsOf<TlsRows>;

const flags = {
  ca: "--ca",
  cert: "--cert",
  key: "--key",
  serverName: "--server-name",
  insecure: "--insecure",
} as const;

/**
 * What the command line says of TLS, with the contents of its files; undefined when it says nothing.
 * @throws CuppingError `usage` for files that cannot be used
 */
export function readTlsSettings(args: TlsArguments): TlsSettings | undefined {
  if (givenFlags(args).length === 0) return undefined;
  const { serverName, insecure } = args;
  if (serverName === "" || (serverName !== undefined && isIP(serverName) !== 0))
    throw new CuppingError("usage", `--server-name "${serverName}" is no name; TLS sends names, and no IP addresses`);
  if ((args.cert === undefined) !== (args.key === undefined)) {
    const [given, missing] = args.cert === undefined ? ["--key", "--cert"] : ["--cert", "--key"];
    throw new CuppingError("usage", `${given} is given without ${missing}: a client certificate needs both`);
  }
  const ca = read("--ca", args.ca, "CERTIFICATE");
  const cert = read("--cert", args.cert, "CERTIFICATE");
  const key = read("--key", args.key, "PRIVATE KEY");
  if (ca !== undefined) tryOut(`--ca ${args.ca}`, { ca });
  if (cert !== undefined && key !== undefined) tryOut(`--cert ${args.cert} and --key ${args.key}`, { cert, key });
  return { ca, cert, key, serverName, insecure };
}

/**
 * The target with what the command line says of TLS.
 * @throws CuppingError `usage` also when nothing of the target is reached over TLS
 */
export function withTls(choice: TargetChoice, args: TlsArguments, beside: readonly string[] = []): TargetChoice {
  const tls = readTlsSettings(args);
  if (tls === undefined) return choice;
  const [flag] = givenFlags(args);
  if (choice.kind !== "external") {
    throw new CuppingError(
      "usage",
      `${flag} is about a target over TLS, and --target ${choice.kind} is started without`,
    );
  }
  const others = [choice.http, ...beside].filter((url) => url !== undefined);
  if (!isSecure(choice.address) && !others.some((url) => /^(https|tls|wss):/i.test(url))) {
    throw new CuppingError(
      "usage",
      `${flag} is about a target over TLS, and ${choice.address.scheme}:// has none; give tls:// or wss://`,
    );
  }
  return { ...choice, address: { ...choice.address, tls } };
}

/** Those of these options that are given. */
export function givenFlags(args: TlsArguments): string[] {
  return Object.entries(flags)
    .filter(([name]) => ![undefined, false].includes(args[name as keyof typeof flags] as undefined | false))
    .map(([, flag]) => flag);
}

function read(flag: string, path: string | undefined, what: string): string | undefined {
  if (path === undefined) return undefined;
  let text: string;
  try {
    text = readText(path);
  } catch (error) {
    throw new CuppingError("usage", `${flag} ${path} cannot be read: ${(error as Error).message}`);
  }
  if (new RegExp(`-----BEGIN [A-Z ]*${what}-----`).test(text)) return text;
  throw new CuppingError(
    "usage",
    `${flag} ${path} holds no ${what.toLowerCase()} in PEM form ("-----BEGIN ${what}-----")`,
  );
}

function tryOut(given: string, options: SecureContextOptions): void {
  try {
    createSecureContext(options);
  } catch (error) {
    throw new CuppingError("usage", `${given} cannot be used: ${(error as Error).message}`);
  }
}
