import type { HttpAnswer, HttpHandler, HttpRequest } from "../../http/handler.ts";
import type { Seams } from "../../seams.ts";

/** Puts something else in the place of what a path of the HTTP API does. */
export function wrapHttp(
  seams: Seams,
  path: string,
  wrap: (request: HttpRequest, original: HttpHandler) => HttpAnswer | Promise<HttpAnswer>,
): void {
  const original = seams.http.get(path);
  if (!original) throw new Error(`the API has no path ${path}`);
  seams.http.set(path, async (request) => await wrap(request, original));
}

/** Changes the JSON object of a registration before it is looked at; what is no JSON object stays as it is. */
export function changeRegistration(
  seams: Seams,
  change: (fields: Record<string, unknown>) => Record<string, unknown>,
): void {
  wrapHttp(seams, "/user/register", (request, original) => {
    let fields: unknown;
    try {
      fields = JSON.parse(Buffer.from(request.body).toString());
    } catch {
      return original(request);
    }
    if (typeof fields !== "object" || fields === null) return original(request);
    return original({ ...request, body: Buffer.from(JSON.stringify(change(fields as Record<string, unknown>))) });
  });
}
