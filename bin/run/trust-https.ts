import type { TlsSettings } from "../../harness/client/index.ts";

/** Holds every request over HTTPS that this process makes from now on to the same certificates as the target's clients. */
export async function trustOverHttps({ ca, cert, key, insecure = false }: TlsSettings): Promise<void> {
  // Loaded only where it is needed. The name of --server-name is that of the server, which the API need not share.
  const { Agent, setGlobalDispatcher } = await import("undici");
  const own = { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) };
  setGlobalDispatcher(new Agent({ connect: { ...own, rejectUnauthorized: !insecure } }));
}
