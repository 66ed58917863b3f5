/** What a WebSocket handshake says beside what it must, for gateways that look at it. */
export interface UpgradeSettings {
  /** More header fields, in this order. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** `Origin`, as a browser would send it (RFC 6454). */
  readonly origin?: string | undefined;
  /** Offered in `Sec-WebSocket-Protocol`, the preferred one first; the server has to choose one of them. */
  readonly subprotocols: readonly string[];
}
