export {
  type Address,
  type Authority,
  formatAddress,
  formatAuthority,
  namedAs,
  parseAddress,
  type Scheme,
} from "./address.ts";
export type { ChannelOptions, RequestOptions } from "./channel.ts";
export { CimClient } from "./client.ts";
export type { ClientOptions } from "./client-options.ts";
export { Connection, type ConnectionHandler, type ConnectionOptions, describeClose } from "./connection.ts";
export {
  ClientError,
  type ClientErrorCode,
  type ClientErrorDetails,
  describeCommand,
  isClientError,
} from "./errors.ts";
export type { HistoryPageOptions, HistoryPagesOptions } from "./history.ts";
export { type ClientKind, type Credentials, type LoginResult, passwordDigest } from "./login.ts";
export { openSocket, type ProxyProtocol, socketForHttp } from "./open-socket.ts";
export { PageSize, servedPage } from "./page-size.ts";
export type { PushHandler } from "./push-handlers.ts";
export type { Push, PushPredicate } from "./push-queue.ts";
export { RawConnection, type ReceivedFrame } from "./raw-connection.ts";
export type { ReconnectOptions } from "./reconnection.ts";
export { inGroup, type SessionRef, sessionOf, withUser } from "./session-ref.ts";
export type { ClientState } from "./state.ts";
export { isSecure, type TlsSettings, tlsOptions } from "./tls-settings.ts";
export type { TraceEvent, TraceHook } from "./trace.ts";
export type { CloseReason, TransportOptions } from "./transport.ts";
export { isOwnUpgradeField, subprotocolFault, upgradeHeaders } from "./upgrade-headers.ts";
export type { UpgradeSettings } from "./upgrade-settings.ts";
export type { WaitOptions } from "./wait.ts";
