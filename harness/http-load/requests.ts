import type { Request } from "autocannon";
import { CIMErrorCode } from "../../codegen/index.ts";

/** A kind of request to the HTTP API. */
export interface RequestKind {
  readonly name: "register" | "nickname" | "health";
  /** Metric of its latency. */
  readonly metric: string;
  readonly title: string;
  /** Share of the rate unless the user says otherwise. */
  readonly share: number;
  /** The request; called once per connection. */
  request(unique: () => string): Request;
  /** What is wrong with an answer, or undefined. */
  problem(status: number, body: string): string | undefined;
}

function errorCode(body: string): unknown {
  try {
    return (JSON.parse(body) as { error_code?: unknown }).error_code;
  } catch {
    return undefined;
  }
}

const expectStatus = (status: number): string | undefined => (status === 200 ? undefined : `HTTP status ${status}`);

/** The HTTP API under load: what every new user calls, and what every monitor calls. */
export const requestKinds: readonly RequestKind[] = [
  {
    name: "register",
    metric: "http_register",
    title: "registration of a new user",
    share: 0.2,
    request: (unique) => ({
      method: "POST",
      path: "/user/register",
      headers: { "content-type": "application/json; charset=utf-8" },
      setupRequest: (request: Request) => {
        const name = unique();
        const body = { userName: name, userNickName: name, userPwd: "0".repeat(32) };
        return { ...request, body: JSON.stringify(body) };
      },
    }),
    problem: (status, body) => {
      const code = errorCode(body);
      if (code === CIMErrorCode.kCIM_ERR_SUCCESS) return expectStatus(status);
      return `a registration was answered with ${expectStatus(status) ?? `error_code ${code}`}`;
    },
  },
  {
    name: "nickname",
    metric: "http_nickname",
    title: "generation of a nickname",
    share: 0.6,
    request: () => ({ method: "GET", path: "/user/nickname/generate?version=1" }),
    problem: (status, body) => {
      const code = errorCode(body);
      if (code === CIMErrorCode.kCIM_ERR_SUCCESS) return expectStatus(status);
      return `a nickname request was answered with ${expectStatus(status) ?? `error_code ${code}`}`;
    },
  },
  {
    name: "health",
    metric: "http_health",
    title: "health check",
    share: 0.2,
    request: () => ({ method: "GET", path: "/healthz" }),
    problem: (status) => (status === 200 ? undefined : `a health check was answered with HTTP status ${status}`),
  },
];
