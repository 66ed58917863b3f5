import type { Options } from "yargs";

/** The options of `cupping serve`. Times are durations such as `15s` or `500ms`. */
export const serveOptions: Record<string, Options> = {
  host: { type: "string", default: "127.0.0.1", describe: "address to listen on; 0.0.0.0 or :: for every one" },
  tcp: { type: "number", default: 8000, describe: "TCP port; 0 takes any free one" },
  ws: { type: "number", default: 8001, describe: "WebSocket port; 0 takes any free one" },
  http: { type: "number", default: 18080, describe: "port of the HTTP API; 0 takes any free one" },
  store: {
    type: "string",
    default: "sqlite:./cupping.db",
    describe: "where everything is kept: memory:, sqlite:FILE or postgres://…",
  },
  bus: { type: "string", describe: "redis://… that ties several servers with one PostgreSQL store together" },
  durability: {
    choices: ["process", "power"],
    default: "process",
    describe: "what an acknowledged message survives: a killed process, or also a power cut (fsync first)",
  },
  "login-timeout": { type: "string", default: "15s", describe: "closes connections that have not logged in" },
  "heartbeat-timeout": { type: "string", default: "60s", describe: "closes connections that have gone silent" },
  "ack-timeout": { type: "string", default: "15s", describe: "forgets pushes that nobody confirmed" },
  "call-answer-timeout": { type: "string", default: "60s", describe: "ends calls that nobody answers" },
  "call-heartbeat-timeout": { type: "string", default: "30s", describe: "ends answered calls without a sign of life" },
  "drain-timeout": {
    type: "string",
    default: "5s",
    describe: "at the end, cuts the connections that are left when none has gone for so long",
  },
  "max-frame": { type: "number", default: 10 * 1024 * 1024, describe: "largest packet taken, in bytes" },
  processes: {
    type: "number",
    default: 1,
    describe: "processes that hold the clients' sockets and share the ports; for more than 20,000 connections (Linux)",
  },
  "max-connections": { type: "number", describe: "more connections are closed at once; default: no limit" },
  "max-outgoing": {
    type: "number",
    default: 4 * 1024 * 1024,
    describe: "bytes that may wait for a slow reader before it is disconnected",
  },
  "request-rate": { type: "number", default: 0, describe: "requests per second of one connection; 0: no limit" },
  "registrations-per-hour": { type: "number", default: 0, describe: "accounts that the HTTP API makes; 0: no limit" },
  "password-cost": {
    type: "number",
    describe: "base-2 logarithm of the cost of password hashes, 1 to 20; 1 for load tests (default 14)",
  },
  "users-file": { type: "string", describe: "CSV file of accounts: user_id,user_name,password,token" },
  "robot-webhook": { type: "string", describe: "http://… of a service that answers for the robots" },
  "robot-timeout": { type: "string", describe: "how long robots think before they apologise; default 10s and 3s" },
  "tls-cert": { type: "string", describe: "PEM file of the certificate; TCP and WebSocket then speak TLS" },
  "tls-key": { type: "string", describe: "PEM file of the certificate's key" },
  mutant: { type: "string", array: true, default: [], describe: "breaks a rule on purpose; repeatable" },
};

/** What yargs makes of them. */
export interface ServeArguments {
  host: string;
  tcp: number;
  ws: number;
  http: number;
  store: string;
  bus?: string;
  durability: "process" | "power";
  loginTimeout: string;
  heartbeatTimeout: string;
  ackTimeout: string;
  callAnswerTimeout: string;
  callHeartbeatTimeout: string;
  drainTimeout: string;
  maxFrame: number;
  processes: number;
  maxConnections?: number;
  maxOutgoing: number;
  requestRate: number;
  registrationsPerHour: number;
  passwordCost?: number;
  usersFile?: string;
  robotWebhook?: string;
  robotTimeout?: string;
  tlsCert?: string;
  tlsKey?: string;
  mutant: string[];
}
