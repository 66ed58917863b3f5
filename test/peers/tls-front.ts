import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { type AddressInfo, connect, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { createServer, type TLSSocket } from "node:tls";

/** Paths of PEM files. */
export interface Certificates {
  readonly ca: string;
  /** For `chat.example.org` alone. */
  readonly server: { readonly cert: string; readonly key: string };
  readonly client: { readonly cert: string; readonly key: string };
}

/** An authority of its own, a server's certificate and a client's, as files of a folder. */
export function makeCertificates(folder: string): Certificates {
  const openssl = (...words: readonly string[]): Buffer =>
    execFileSync("openssl", words, { stdio: "pipe", cwd: folder });
  const kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
  openssl("req", "-x509", ...kind, "-keyout", "ca.key", "-out", "ca.pem", "-days", "1", "-subj", "/CN=an authority");
  const signed = (name: string, host: string): { cert: string; key: string } => {
    writeFileSync(join(folder, `${name}.ext`), `subjectAltName=DNS:${host}\n`);
    openssl("req", ...kind, "-keyout", `${name}.key`, "-out", `${name}.csr`, "-subj", `/CN=${host}`);
    const by = ["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial"];
    openssl(
      "x509",
      "-req",
      "-in",
      `${name}.csr`,
      ...by,
      "-out",
      `${name}.pem`,
      "-days",
      "1",
      "-extfile",
      `${name}.ext`,
    );
    return { cert: join(folder, `${name}.pem`), key: join(folder, `${name}.key`) };
  };
  return {
    ca: join(folder, "ca.pem"),
    server: signed("server", "chat.example.org"),
    client: signed("client", "a client"),
  };
}

/** What stands before a server and ends TLS for it. */
export interface TlsFront {
  readonly port: number;
  /** The names that clients sent with their handshakes (SNI), since the last time they were taken. */
  takeNames(): (string | undefined)[];
  stop(): void;
}

/** Starts one that asks its clients for a certificate of the same authority. @param behind the port of the server */
export async function startTlsFront(certificates: Certificates, behind: number): Promise<TlsFront> {
  const { ca, server: own } = certificates;
  let names: (string | undefined)[] = [];
  const sockets = new Set<Socket>();
  const pem = { ca: readFileSync(ca), cert: readFileSync(own.cert), key: readFileSync(own.key) };
  const server: Server = createServer({ ...pem, requestCert: true, rejectUnauthorized: true }, (client: TLSSocket) => {
    names.push(client.servername || undefined);
    const upstream = connect(behind, "127.0.0.1");
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("error", () => {});
    }
    client.pipe(upstream).pipe(client);
    client.on("close", () => upstream.destroy());
    upstream.on("close", () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    takeNames() {
      const taken = names;
      names = [];
      return taken;
    },
    stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
