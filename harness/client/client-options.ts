import type { CIMClientType, Registry } from "../../codegen/index.ts";
import type { ChannelOptions } from "./channel.ts";
import type { ReconnectOptions } from "./reconnection.ts";

/** How a client behaves. */
export interface ClientOptions extends ChannelOptions {
  /**
   * The commands that the server may send; others are ignored (wire contract §2.1). Default: those of CIM. The answer
   * to a request is read by the request's own command, so that only pushes of one's own need a registry.
   */
  readonly registry?: Registry | undefined;
  /** Pause between heartbeats in milliseconds, `false` for none. Default 30,000 (HB-04). */
  readonly heartbeatMs?: number | false | undefined;
  /** Whether every pushed message is confirmed by itself (ACK-01). Default `auto`. */
  readonly acknowledge?: "auto" | "manual" | undefined;
  /**
   * Whether to connect, log in and catch up by itself after a break. Messages are then delivered once, and those that
   * were not acknowledged are sent again. Default false.
   */
  readonly reconnect?: boolean | ReconnectOptions | undefined;
  /** Kind of client that a login announces. Default `kCIM_CLIENT_TYPE_WEB`. */
  readonly clientType?: CIMClientType | undefined;
  /** Free text that a login announces. Default `cupping`. */
  readonly clientVersion?: string | undefined;
}
