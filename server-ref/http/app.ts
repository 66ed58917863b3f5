import { CIMErrorCode } from "../../codegen/index.ts";
import { mark } from "../marks.ts";
import type { HeaderOptions } from "../proxy/client-addresses.ts";
import { type HttpAnswer, type HttpHandler, JSON_TYPE } from "./handler.ts";
import { createListener, type HttpListener, type HttpResponse, type Route } from "./listener.ts";
import { type Probes, probeRoutes } from "./probes.ts";

/** What the HTTP listener serves. */
export interface HttpAppOptions {
  /** The API handlers by path. */
  handlers: ReadonlyMap<string, HttpHandler>;
  probes: Probes;
  /** Makes a body of the pieces in which it came. Default: one behind the other. */
  joinBody?: (pieces: readonly Buffer[]) => Uint8Array;
  /** When every connection begins with a header of the PROXY protocol. */
  proxyHeaders?: HeaderOptions | undefined;
  /** Called with every failure inside a handler; the client only sees 201 (HTTP-11). */
  onFailure?: (path: string, error: unknown) => void;
}

const TOO_LARGE: HttpAnswer = {
  error_code: CIMErrorCode.kCIM_ERROR_USER_INVALID_PARAMETER,
  error_msg: "invalid parameters",
};

function json(answer: HttpAnswer, status = 200): HttpResponse {
  return { status, contentType: JSON_TYPE, text: JSON.stringify(answer) };
}

/** An internal failure as the path words it: 201, for the nickname query −1 (HTTP-11, HTTP-15). */
function internalFailure(path: string): HttpAnswer {
  mark("HTTP-11");
  const error_code = path.startsWith("/user/nickname/") ? -1 : CIMErrorCode.kCIM_ERR_INTERNAL_ERROR;
  return { error_code, error_msg: "server internal error" };
}

/** The rules have an answer for any method (HTTP-02, HTTP-16). */
function apiRoute(path: string, handler: HttpHandler, onFailure: HttpAppOptions["onFailure"]): Route {
  return {
    respond: async (request) => json(await handler(request)),
    refuseBody: () => json(TOO_LARGE),
    failed(error) {
      onFailure?.(path, error);
      return json(internalFailure(path));
    },
  };
}

/** The HTTP application: the API, whose answers always have status 200 and the outcome in the body, and the probes. */
export function createHttpApp({ handlers, probes, joinBody, proxyHeaders, onFailure }: HttpAppOptions): HttpListener {
  const routes = probeRoutes(probes);
  for (const [path, handler] of handlers) routes.set(path, apiRoute(path, handler, onFailure));
  const notFound = (allow: readonly string[] | undefined): HttpResponse =>
    allow
      ? { ...json({ error_code: -1, error_msg: "no such method here" }, 405), headers: { allow: allow.join(", ") } }
      : json({ error_code: -1, error_msg: "no such path" }, 404);
  return createListener(routes, notFound, { proxyHeaders, joinBody });
}
