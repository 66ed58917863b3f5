import { type Address, parseAddress } from "../client/index.ts";
import { CuppingError } from "../errors.ts";
import { blockedPorts } from "./blocked-ports.ts";

/** What `--target` and `--http` name. */
export type TargetChoice =
  /** A server that is running already. */
  | { readonly kind: "external"; readonly address: Address; readonly http: string | undefined }
  /** The reference server, started for this run. */
  | { readonly kind: "ref" }
  /** A stack in containers, started for this run. */
  | { readonly kind: "container" };

/**
 * Reads `--target` and `--http`.
 * @param target `ref`, `container`, or an address such as `tcp://HOST:PORT`; default `ref`
 * @param http `http://HOST:PORT` of the target's HTTP API
 * @throws CuppingError `usage`
 */
export function parseTarget(target: string = "ref", http?: string): TargetChoice {
  if (target === "ref" || target === "container") {
    if (http === undefined) return { kind: target };
    throw new CuppingError(
      "usage",
      `--http "${http}" is given, but --target ${target} has an HTTP API of its own; leave out --http`,
    );
  }
  if (!target.includes("://")) {
    const expected = "ref, container, or tcp://, tls://, ws:// or wss:// with HOST:PORT";
    throw new CuppingError("usage", `--target "${target}" is not known; expected ${expected}`);
  }
  return { kind: "external", address: parseAddress(target), http: http === undefined ? undefined : parseHttp(http) };
}

/** The base address of an HTTP API, without a slash at its end. */
function parseHttp(text: string): string {
  const url = URL.parse(text);
  const isHttp = url?.protocol === "http:" || url?.protocol === "https:";
  if (!url || !isHttp || !url.hostname) {
    throw new CuppingError("usage", `--http "${text}" is not the address of an HTTP API; expected http://HOST:PORT`);
  }
  if (url.username || url.password || url.search || url.hash) {
    throw new CuppingError("usage", `--http "${text}" is more than an address; expected http://HOST:PORT`);
  }
  if (blockedPorts.has(Number(url.port))) {
    throw new CuppingError(
      "usage",
      `--http "${text}": HTTP clients in browsers and Node never ask port ${url.port}; let the API listen on another one`,
    );
  }
  return url.href.replace(/\/+$/, "");
}
