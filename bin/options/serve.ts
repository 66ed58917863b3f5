import { type MutantRows, mutantRows } from "./reference-server.ts";
import { type ArgumentsOf, type Checked, type CommandOptions, together } from "./row.ts";

/** Times are durations such as `15s` or `500ms`. */
const ownRows = {
  host: { type: "string", default: "127.0.0.1", describe: "address to listen on; 0.0.0.0 or :: for every one" },
  tcp: { type: "number", default: 8000, describe: "TCP port; 0 takes any free one" },
  ws: { type: "number", default: 8001, describe: "WebSocket port; 0 takes any free one" },
  http: { type: "number", default: 18_080, describe: "port of the HTTP API; 0 takes any free one" },
  store: {
    type: "string",
    default: "sqlite:./cupping.db",
    describe: "where everything is kept: memory:, sqlite:FILE or postgres://…",
  },
  bus: { type: "string", describe: "redis://… that ties several servers with one PostgreSQL store together" },
  durability: {
    type: "choice",
    choices: ["process", "power"],
    default: "process",
    describe: "what an acknowledged message survives: a killed process, or also a power cut (fsync first)",
  },
  loginTimeout: { type: "string", default: "15s", describe: "closes connections that have not logged in" },
  heartbeatTimeout: { type: "string", default: "60s", describe: "closes connections that have gone silent" },
  ackTimeout: { type: "string", default: "15s", describe: "forgets pushes that nobody confirmed" },
  callAnswerTimeout: { type: "string", default: "60s", describe: "ends calls that nobody answers" },
  callHeartbeatTimeout: { type: "string", default: "30s", describe: "ends answered calls without a sign of life" },
  drainTimeout: {
    type: "string",
    default: "5s",
    describe: "at the end, cuts the connections that are left when none has gone for so long",
  },
  maxFrame: { type: "number", default: 10_485_760, describe: "largest packet taken, in bytes" },
  processes: {
    type: "number",
    default: 1,
    describe: "processes that hold the clients' sockets and share the ports; for more than 20,000 connections (Linux)",
  },
  maxConnections: { type: "number", describe: "more connections are closed at once", otherwise: "no limit" },
  maxOutgoing: {
    type: "number",
    default: 4_194_304,
    describe: "bytes that may wait for a slow reader before it is disconnected",
  },
  requestRate: { type: "number", default: 0, describe: "requests per second of one connection; 0: no limit" },
  registrationsPerHour: { type: "number", default: 0, describe: "accounts that the HTTP API makes; 0: no limit" },
  passwordCost: {
    type: "number",
    describe: "base-2 logarithm of the cost of password hashes, 1 to 20; 1 for load tests",
    otherwise: "14",
  },
  usersFile: { type: "string", describe: "CSV file of accounts: user_id,user_name,password,token" },
  robotWebhook: { type: "string", describe: "http://… of a service that answers for the robots" },
  robotTimeout: {
    type: "string",
    describe: "how long robots think before they apologise",
    otherwise: "10s and 3s",
  },
  tlsCert: { type: "string", describe: "PEM file of the certificate; TCP and WebSocket then speak TLS" },
  tlsKey: { type: "string", describe: "PEM file of the certificate's key" },
} as const;
type OwnRows = Checked<typeof ownRows>;

/** The options of `cupping serve`. */
export const serveOptions: CommandOptions<[OwnRows, MutantRows]> = together(ownRows, mutantRows);

/** What the parser makes of them. */
export type ServeArguments = ArgumentsOf<typeof serveOptions.rows>;
