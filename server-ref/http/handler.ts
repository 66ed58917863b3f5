/** The content type of every answer but the metrics. */
export const JSON_TYPE = "application/json; charset=utf-8";

/** What an API handler sees of a request. */
export interface HttpRequest {
  method: string;
  /** The client's address. */
  address: string;
  /** Media type in lower case without parameters, or empty when the request names none. */
  mediaType: string;
  /** Query parameters; of a repeated one the first. */
  query: ReadonlyMap<string, string>;
  body: Uint8Array;
}

/** An API answer: HTTP status 200 whatever the outcome, which is in `error_code` (rules of the HTTP section). */
export interface HttpAnswer {
  error_code: number;
  error_msg: string;
  nick_name?: string;
}

/** Answers the requests of one path, of any method. */
export type HttpHandler = (request: HttpRequest) => Promise<HttpAnswer>;

/** The parameters of a form-encoded text, of a repeated one the first. */
export function parseForm(text: string): Map<string, string> {
  const parameters = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(text)) {
    if (!parameters.has(name)) parameters.set(name, value);
  }
  return parameters;
}
