import { METHODS } from "node:http";
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { CIMErrorCode } from "../../codegen/index.ts";
import { mark } from "../marks.ts";
import { type HttpAnswer, type HttpHandler, type HttpRequest, parseForm } from "./handler.ts";
import { type Probes, registerProbes } from "./probes.ts";

/** Largest body of an API request, in bytes; a registration needs a few hundred. */
const BODY_LIMIT = 64 * 1024;

/** How long a client may take to send a whole request, in milliseconds. */
const REQUEST_TIMEOUT = 10_000;

/** How long requests may take to end when the server stops, in milliseconds; idle connections are closed at once. */
const CLOSE_GRACE = 2_000;

const JSON_TYPE = "application/json; charset=utf-8";

/** What the HTTP listener serves. */
export interface HttpAppOptions {
  /** The API handlers by path. */
  handlers: ReadonlyMap<string, HttpHandler>;
  probes: Probes;
  /** Told of every failure inside a handler; the client only sees 201 (HTTP-11). */
  onFailure?: (path: string, error: unknown) => void;
}

const BAD_REQUEST: HttpAnswer = {
  error_code: CIMErrorCode.kCIM_ERROR_USER_INVALID_PARAMETER,
  error_msg: "invalid parameters",
};

function toHttpRequest(request: FastifyRequest): HttpRequest {
  const query = request.url.indexOf("?");
  return {
    method: request.method,
    mediaType: (request.headers["content-type"] ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "",
    query: parseForm(query === -1 ? "" : request.url.slice(query + 1)),
    body: request.body instanceof Uint8Array ? request.body : new Uint8Array(),
  };
}

function sendAnswer(reply: FastifyReply, answer: HttpAnswer): FastifyReply {
  return reply.code(200).header("content-type", JSON_TYPE).send(JSON.stringify(answer));
}

/** An internal failure as the path words it: 201, for the nickname query −1 (HTTP-11, HTTP-15). */
function internalFailure(path: string): HttpAnswer {
  mark("HTTP-11");
  const error_code = path.startsWith("/user/nickname/") ? -1 : CIMErrorCode.kCIM_ERR_INTERNAL_ERROR;
  return { error_code, error_msg: "server internal error" };
}

/**
 * The HTTP application: the API, whose answers always have status 200 and the outcome in the body, and the probes.
 * Bodies reach the handlers as bytes, so that the rules answer what fastify would refuse in its own words.
 */
export function createHttpApp({ handlers, probes, onFailure }: HttpAppOptions): FastifyInstance {
  const app = fastify({
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT,
    exposeHeadRoutes: false,
    forceCloseConnections: "idle",
    // A path that cannot be decoded is no path of the API.
    frameworkErrors: (_error, _request, reply) => sendNotFound(reply as FastifyReply),
  });
  // The rules have an answer for any method (HTTP-02, HTTP-16), and fastify knows only the usual ones.
  for (const method of METHODS) {
    if (!app.supportedMethods.includes(method)) app.addHttpMethod(method, { hasBody: true });
  }
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));

  for (const [path, handler] of handlers) {
    app.all(path, async (request, reply) => {
      try {
        return sendAnswer(reply, await handler(toHttpRequest(request)));
      } catch (error) {
        onFailure?.(path, error);
        return sendAnswer(reply, internalFailure(path));
      }
    });
  }
  registerProbes(app, probes);
  app.addHook("preClose", async () => {
    setTimeout(() => app.server.closeAllConnections(), CLOSE_GRACE).unref();
  });
  app.setNotFoundHandler((_request, reply) => sendNotFound(reply));
  // What fails before a handler runs is the request's fault: a body too large or cut short.
  app.setErrorHandler((_error, _request, reply) => sendAnswer(reply, BAD_REQUEST));
  return app;
}

function sendNotFound(reply: FastifyReply): FastifyReply {
  return reply
    .code(404)
    .header("content-type", JSON_TYPE)
    .send(JSON.stringify({ error_code: -1, error_msg: "no such path" }));
}
