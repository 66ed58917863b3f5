import type { Checked } from "./row.ts";

/** Whom to trust over TLS, and as whom to come. */
export const tlsRows = {
  ca: {
    type: "string",
    describe: "PEM file of certificates to trust over TLS instead of the well-known ones",
    top: true,
  },
  cert: {
    type: "string",
    describe: "PEM file of the certificate with which clients come, for a target that asks for one; with --key",
    top: true,
  },
  key: {
    type: "string",
    describe: "PEM file of its key",
    top: true,
  },
  serverName: {
    type: "string",
    describe: "name that is sent with the TLS handshake (SNI) and that the target's certificate has to be for",
    otherwise: "the host of --target",
    top: true,
  },
  insecure: {
    type: "boolean",
    default: false,
    describe: "take any certificate of the target; every report says so",
    top: true,
  },
} as const;
export type TlsRows = Checked<typeof tlsRows>;
