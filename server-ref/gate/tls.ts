import { constants } from "node:crypto";
import type { SecureContextOptions, TlsOptions as ServerTlsOptions } from "node:tls";

/** PEM texts. */
export interface TlsOptions {
  cert: string;
  key: string;
}

/**
 * What every listener with TLS insists on. A client may not renegotiate, which costs the server far more than the client
 * and which node itself reports without stopping it.
 */
export function secureContext({ cert, key }: TlsOptions): SecureContextOptions {
  return { cert, key, minVersion: "TLSv1.2", secureOptions: constants.SSL_OP_NO_RENEGOTIATION };
}

/** The same for a listener that is made. @param handshakeTimeoutMs within which a client must have finished the handshake */
export function tlsListener(tls: TlsOptions, handshakeTimeoutMs: number): ServerTlsOptions {
  return { ...secureContext(tls), handshakeTimeout: handshakeTimeoutMs };
}
