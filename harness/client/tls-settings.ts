import { isIP } from "node:net";
import {
  type ConnectionOptions,
  checkServerIdentity,
  createSecureContext,
  type PeerCertificate,
  type SecureContext,
} from "node:tls";

/** Whom clients trust over TLS, and as whom they come. */
export interface TlsSettings {
  /** PEM certificates to trust instead of the well-known ones. */
  readonly ca?: string | Buffer | undefined;
  /** PEM certificate of the client, its chain behind it; only together with {@link key}. */
  readonly cert?: string | undefined;
  /** PEM key of the client. */
  readonly key?: string | undefined;
  /**
   * The name that goes out with the handshake (SNI, RFC 6066) and that the certificate has to be for. Default: the host
   * of the address, of which an IP address is not sent.
   */
  readonly serverName?: string | undefined;
  /** Take any certificate. */
  readonly insecure?: boolean | undefined;
}

/** Whether an address is that of TLS. */
export function isSecure({ scheme }: { readonly scheme: string }): boolean {
  return scheme === "tls" || scheme === "wss";
}

/** Made once for all connections with the same settings: reading certificates takes longer than a handshake. */
const contexts = new WeakMap<TlsSettings, SecureContext>();

function contextOf(settings: TlsSettings): SecureContext {
  let context = contexts.get(settings);
  if (context === undefined) {
    const { ca, cert, key } = settings;
    context = createSecureContext({ ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) });
    contexts.set(settings, context);
  }
  return context;
}

/**
 * What `node:tls` and `ws` are given for a connection: the one place where that is decided for every client of ours.
 * @param host as the target was given, although the connection may go to one of several addresses
 * @throws when certificates or key cannot be read
 */
export function tlsOptions(host: string, settings: TlsSettings = {}): ConnectionOptions {
  const { ca, cert, key, serverName, insecure = false } = settings;
  const name = serverName ?? host;
  return {
    rejectUnauthorized: !insecure,
    checkServerIdentity: (_host: string, certificate: PeerCertificate) => checkServerIdentity(name, certificate),
    ...(isIP(name) === 0 && { servername: name }),
    ...((ca ?? cert ?? key) !== undefined && { secureContext: contextOf(settings) }),
  };
}
