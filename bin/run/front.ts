import { validateHeaderName, validateHeaderValue } from "node:http";
import { isOwnUpgradeField, type UpgradeSettings } from "../../harness/client/index.ts";
import { CuppingError } from "../../harness/errors.ts";
import type { TargetChoice } from "../../harness/targets/index.ts";
import { readText } from "../../harness/text-file.ts";
import type { FrontRows } from "../options/front.ts";
import type { ArgumentsOf } from "../options/row.ts";

type FrontArguments = Partial<ArgumentsOf<FrontRows>>;

type Field = readonly [name: string, value: string];

/** Characters of a subprotocol's name (RFC 6455, section 4.1: a token). */
const TOKEN = /^[!#$%&'*+\-.0-9A-Z^_`|a-z~]+$/;

/** Scheme, host and port (RFC 6454, section 6.1); `null` is what a browser sends that has none. */
const ORIGIN = /^[a-z][a-z0-9+.-]*:\/\/[^\s/?#@]+$/i;

/** Those of these options that are given. */
export function givenHandshakeFlags({ header = [], origin, subprotocol = [] }: FrontArguments): string[] {
  return [
    ...(header.length > 0 ? ["--header"] : []),
    ...(origin === undefined ? [] : ["--origin"]),
    ...(subprotocol.length > 0 ? ["--subprotocol"] : []),
  ];
}

/**
 * The target with what the command line says of the gateway or balancer in front of it.
 * @param beside a second address of the target
 * @throws CuppingError `usage`, also when no address of the target is one of WebSocket that is told what to say there
 */
export function withFront(choice: TargetChoice, args: FrontArguments, beside?: string): TargetChoice {
  return withHandshake(withProxyProtocol(choice, args), args, beside);
}

function withProxyProtocol(choice: TargetChoice, { proxyProtocol }: FrontArguments): TargetChoice {
  if (proxyProtocol === undefined) return choice;
  if (choice.kind === "external") return { ...choice, address: { ...choice.address, proxyProtocol } };
  throw new CuppingError(
    "usage",
    `--proxy-protocol is about a target behind a balancer, and --target ${choice.kind} is started without one`,
  );
}

function withHandshake(choice: TargetChoice, args: FrontArguments, beside: string | undefined): TargetChoice {
  const [flag] = givenHandshakeFlags(args);
  if (flag === undefined) return choice;
  const about = `${flag} is about the handshake of WebSocket`;
  if (choice.kind !== "external") {
    throw new CuppingError(
      "usage",
      `${about}, and --target ${choice.kind} is started without anything that asks for it`,
    );
  }
  if (![`${choice.address.scheme}:`, beside].some((url) => url !== undefined && /^wss?:/i.test(url))) {
    throw new CuppingError("usage", `${about}, and ${choice.address.scheme}:// has none; give ws:// or wss://`);
  }
  return { ...choice, address: { ...choice.address, upgrade: readUpgradeSettings(args) } };
}

function readUpgradeSettings({ header = [], origin, subprotocol = [] }: FrontArguments): UpgradeSettings {
  for (const name of subprotocol) {
    if (!TOKEN.test(name)) throw new CuppingError("usage", `--subprotocol "${name}" is no name of a subprotocol`);
  }
  if (new Set(subprotocol).size < subprotocol.length)
    throw new CuppingError("usage", `--subprotocol names one twice: ${subprotocol.join(", ")}`);
  if (origin !== undefined && origin !== "null" && !ORIGIN.test(origin)) {
    const expected = "a scheme and a host, with a port where it has one, e.g. https://chat.example.com";
    throw new CuppingError("usage", `--origin "${origin}" is no origin; expected ${expected}`);
  }
  return { headers: header.flatMap(readFields), origin, subprotocols: subprotocol };
}

function readFields(text: string): Field[] {
  if (!text.startsWith("@")) return [readField(text, "--header")];
  const path = text.slice(1);
  let lines: string[];
  try {
    lines = readText(path).split(/\r?\n/);
  } catch (error) {
    throw new CuppingError("usage", `--header ${text} cannot be read: ${(error as Error).message}`);
  }
  const fields = lines.flatMap((line, index) =>
    line.trim() === "" ? [] : [readField(line, `--header ${text}, line ${index + 1}`)],
  );
  if (fields.length === 0) throw new CuppingError("usage", `--header ${text}: the file has no header field`);
  return fields;
}

/** @param where to look for it: what is in it may be a secret, and is not shown */
function readField(text: string, where: string): Field {
  const colon = text.indexOf(":");
  const [name, value] = [text.slice(0, Math.max(0, colon)).trim(), text.slice(colon + 1).trim()];
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
  } catch {
    throw new CuppingError("usage", `${where} is no header field; expected NAME: VALUE`);
  }
  if (isOwnUpgradeField(name))
    throw new CuppingError("usage", `${where}: ${name} is set by the handshake of WebSocket itself`);
  return [name, value];
}
