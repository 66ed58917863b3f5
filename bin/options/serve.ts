import { type MutantRows, mutantRows } from "./reference-server.ts";
import { type ArgumentsOf, type Checked, type CommandOptions, together } from "./row.ts";

/** Times are durations such as `15s` or `500ms`. */
const ownRows = {
  host: { type: "string", default: "127.0.0.1", describe: "address to listen on; 0.0.0.0 or :: for all of them" },
  tcp: {
    type: "number",
    default: 8000,
    describe: "TCP port; 0 picks a free one",
    limits: { integer: true, minimum: 0, maximum: 65_535 },
  },
  ws: {
    type: "number",
    default: 8001,
    describe: "WebSocket port; 0 picks a free one",
    limits: { integer: true, minimum: 0, maximum: 65_535 },
  },
  http: {
    type: "number",
    default: 18_080,
    describe: "port of the HTTP API; 0 picks a free one",
    limits: { integer: true, minimum: 0, maximum: 65_535 },
  },
  store: {
    type: "string",
    default: "sqlite:./cupping.db",
    describe: "where data is stored: memory:, sqlite:FILE or postgres://…",
  },
  bus: { type: "string", describe: "redis://… that connects several servers sharing one PostgreSQL store" },
  durability: {
    type: "choice",
    choices: ["process", "power"],
    default: "process",
    describe: "what an acknowledged message survives: a killed process, or a power cut as well (fsync first)",
  },
  strictLog: {
    type: "boolean",
    default: false,
    describe: "do not start on an SQLite database whose write-ahead log is missing or damaged",
  },
  loginTimeout: {
    type: "string",
    default: "15s",
    describe: "time after which a connection that has not logged in is closed",
  },
  heartbeatTimeout: { type: "string", default: "60s", describe: "time after which a silent connection is closed" },
  ackTimeout: { type: "string", default: "15s", describe: "time after which an unconfirmed push is forgotten" },
  callAnswerTimeout: { type: "string", default: "60s", describe: "time after which an unanswered call is cancelled" },
  callHeartbeatTimeout: {
    type: "string",
    default: "30s",
    describe: "time without a call heartbeat after which an answered call ends",
  },
  drainTimeout: {
    type: "string",
    default: "5s",
    describe: "on shutdown, time without progress after which the remaining connections are cut",
  },
  maxFrame: {
    type: "number",
    default: 10_485_760,
    describe: "largest packet accepted, in bytes",
    // No less than the contract allows (CONN-07).
    limits: { integer: true, minimum: 65_536, maximum: 4_294_967_295 },
  },
  processes: {
    type: "number",
    default: 1,
    describe:
      "number of processes that hold the clients' sockets and share the ports; for more than 20,000 connections (Linux)",
    limits: { integer: true, minimum: 1, maximum: 256 },
  },
  maxConnections: {
    type: "number",
    describe: "most connections at a time; any more are closed at once",
    otherwise: "no limit",
    limits: { integer: true, minimum: 1, maximum: 10_000_000 },
  },
  maxOutgoing: {
    type: "number",
    default: 4_194_304,
    describe: "bytes that may be queued for a slow reader before it is disconnected",
    limits: { integer: true, minimum: 65_536 },
  },
  maxIncoming: {
    type: "number",
    default: 268_435_456,
    describe:
      "most bytes of unfinished and unhandled packets over all connections; above it the connection that holds most is closed",
    limits: { integer: true, minimum: 65_536 },
  },
  requestRate: {
    type: "number",
    default: 0,
    describe: "requests per second that one connection may make; 0: no limit",
    limits: { integer: true, minimum: 0, maximum: 10_000_000 },
  },
  proxyProtocol: {
    type: "choice",
    choices: ["off", "clients", "all"],
    default: "off",
    describe: "which connections begin with a PROXY protocol header (v1, v2): of clients, or of the HTTP API too",
  },
  registrationsPerHour: {
    type: "number",
    default: 0,
    describe: "accounts that may be registered per hour; 0: no limit",
    limits: { integer: true, minimum: 0, maximum: 1_000_000_000 },
  },
  registrationsAtOnce: {
    type: "number",
    default: 8,
    describe: "registrations of one address that are handled at a time; any more wait; 0: no limit",
    limits: { integer: true, minimum: 0, maximum: 1_000_000_000 },
  },
  passwordCost: {
    type: "number",
    describe: "base-2 logarithm of the cost of password hashes, 1 to 20; 1 for load tests",
    otherwise: "14",
    limits: { integer: true, minimum: 1, maximum: 20 },
  },
  usersFile: { type: "string", describe: "CSV file of accounts to create: user_id,user_name,password,token" },
  robotWebhook: { type: "string", describe: "http://… of a service that answers for the robots" },
  robotTimeout: {
    type: "string",
    describe: "time a robot may take to answer before it apologises",
    otherwise: "10s and 3s",
  },
  tlsCert: { type: "string", describe: "PEM file of the certificate; TCP and WebSocket then use TLS" },
  tlsKey: { type: "string", describe: "PEM file of the certificate's key" },
} as const;
type OwnRows = Checked<typeof ownRows>;

/** The options of `cupping serve`. */
export const serveOptions: CommandOptions<[OwnRows, MutantRows]> = together(ownRows, mutantRows);

/** What the parser makes of them. */
export type ServeArguments = ArgumentsOf<typeof serveOptions.rows>;
