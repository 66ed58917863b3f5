import { once } from "node:events";
import { type AddressInfo, connect as connectTcp, createServer, type Server, type Socket } from "node:net";
import { connect as connectTls, createServer as createTlsServer } from "node:tls";
import { expect, onTestFinished, test } from "vitest";
import { selfSigned } from "../testing/certificate.ts";
import { ClientAddresses } from "./client-addresses.ts";

test.each(["plain", "TLS"])(
  "addresses are known while the %s connection stands, and forgotten behind it",
  async (kind) => {
    const addresses = new ClientAddresses();
    const seen: string[] = [];
    const take = (socket: Socket): void => {
      seen.push(addresses.of(socket));
      socket.on("error", () => {}).resume();
    };
    const tls = await selfSigned();
    const server: Server = kind === "TLS" ? createTlsServer(tls, take) : createServer(take);
    addresses.expectHeaders(server, { timeoutMs: 10_000 });
    server.listen(0, "127.0.0.1");
    onTestFinished(() => void server.close());
    await once(server, "listening");
    for (let index = 1; index <= 20; index++) {
      const below = connectTcp((server.address() as AddressInfo).port, "127.0.0.1");
      below.on("error", () => {}).write(`PROXY TCP4 192.0.2.${index} 198.51.100.1 1 2\r\n`);
      const socket = kind === "TLS" ? connectTls({ socket: below, rejectUnauthorized: false }) : below;
      socket.on("error", () => {});
      await expect.poll(() => seen.at(-1)).toBe(`192.0.2.${index}`);
      if (index % 2 === 0) socket.end();
      else below.resetAndDestroy();
    }
    await expect.poll(() => addresses.size).toBe(0);
  },
);
