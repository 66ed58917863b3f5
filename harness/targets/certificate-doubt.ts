import { type Address, formatAddress } from "../client/index.ts";

/** What Node calls the ways in which a certificate cannot be trusted; those about names have codes of their own. */
const UNKNOWN_AUTHORITY: ReadonlySet<string> = new Set([
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
]);
const OUT_OF_TIME: ReadonlySet<string> = new Set(["CERT_HAS_EXPIRED", "CERT_NOT_YET_VALID"]);
const OTHER_NAME = "ERR_TLS_CERT_ALTNAME_INVALID";
/** Alerts with which a server refuses a client that came without the certificate it asks for. */
const ASKS_FOR_CERTIFICATE: ReadonlySet<string> = new Set([
  "ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED",
  "ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE",
]);

/**
 * Says of an error in a TLS handshake that is about certificates what it is about, and which option helps.
 * @returns undefined for any other
 */
export function certificateDoubt(address: Address, error: unknown): string | undefined {
  const place = { at: formatAddress(address), otherName: "give that name with --server-name, or take" };
  return describe(place, error, address.tls?.cert !== undefined);
}

/** The same of the certificate of an HTTP API, which may have another name than the server. */
export function apiCertificateDoubt(http: string, error: unknown): string | undefined {
  return describe({ at: http, otherName: "name the API as its certificate does (--http), or take" }, error, false);
}

function describe(
  { at, otherName }: { at: string; otherName: string },
  error: unknown,
  hasCertificate: boolean,
): string | undefined {
  const { code = "", message = "" } = (error ?? {}) as NodeJS.ErrnoException;
  const of = `the certificate of ${at}`;
  // Node goes on behind a semicolon about options of its own.
  const [what] = message.split(";");
  if (UNKNOWN_AUTHORITY.has(code)) {
    return `${of} is not from an authority that is trusted (${what}); name its authority with --ca FILE, or take any certificate with --insecure`;
  }
  if (OUT_OF_TIME.has(code)) return `${of} is not valid now (${what}); --insecure takes it all the same`;
  if (code === OTHER_NAME) {
    return `${of} is for another name (${message.replace(/\.$/, "")}); ${otherName} any certificate with --insecure`;
  }
  if (ASKS_FOR_CERTIFICATE.has(code) && !hasCertificate)
    return `${at} refuses the TLS handshake, as a server does that asks for a certificate of its client (--cert, --key)`;
  return undefined;
}
