import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startReferenceServer, type Target } from "../../harness/targets/index.ts";
import { folder, run } from "../endings/command.ts";
import { type Certificates, makeCertificates, startTlsFront, type TlsFront } from "../peers/tls-front.ts";

let server: Target;
let certificates: Certificates;
let fronts: Record<"tcp" | "ws" | "http", TlsFront>;

beforeAll(async () => {
  certificates = makeCertificates(folder);
  server = await startReferenceServer({ serveArguments: ["--password-cost", "1"] });
  const { tcp, ws } = server.addresses;
  const ports = { tcp: tcp?.port, ws: ws?.port, http: Number(new URL(server.http as string).port) };
  const opened = await Promise.all(
    Object.entries(ports).map(
      async ([name, port]) => [name, await startTlsFront(certificates, port as number)] as const,
    ),
  );
  fronts = Object.fromEntries(opened) as typeof fronts;
}, 60_000);

afterAll(async () => {
  for (const front of Object.values(fronts)) front.stop();
  await server.stop();
});

const short = ["--clients", "4", "--duration", "2s", "--rate", "5/s"];
const commands = [
  ["conformance", ["conformance", "--only", "MSG-01/*,HTTP-01/*"]],
  ["load", ["load", "chat", ...short]],
  ["faults", ["faults", "--only", "latency"]],
] as const;

const asClient = (): string[] => ["--cert", certificates.client.cert, "--key", certificates.client.key];
const byName = (): string[] => ["--ca", certificates.ca, "--server-name", "chat.example.org"];

describe.each(["tls", "wss"] as const)("over %s", (scheme) => {
  const address = (): string => `${scheme}://127.0.0.1:${fronts[scheme === "tls" ? "tcp" : "ws"].port}`;
  const against = (words: readonly string[], ...more: readonly string[]): ReturnType<typeof run> =>
    run([...words, "--target", address(), ...more]);

  describe.each(commands)("%s", (_name, words) => {
    test("names --ca where the authority is not known, and --server-name where the name is another", async () => {
      const plain = ["--http", server.http as string];
      const unknown = await against(words, ...plain, ...asClient());
      expect({ code: unknown.code, said: unknown.said }).toEqual({
        code: 3,
        said: expect.stringContaining("--ca FILE"),
      });
      const other = await against(words, ...plain, "--ca", certificates.ca, ...asClient());
      expect({ code: other.code, said: other.said }).toEqual({
        code: 3,
        said: expect.stringContaining("--server-name"),
      });
    }, 60_000);

    test("names --cert where the target asks for one", async () => {
      const { code, said } = await against(words, "--http", server.http as string, ...byName());
      expect({ code, said }).toEqual({ code: 3, said: expect.stringContaining("(--cert, --key)") });
    }, 60_000);

    test("trusts the authority that is named, under the name that is named, and comes with its certificate", async () => {
      const front = fronts[scheme === "tls" ? "tcp" : "ws"];
      front.takeNames();
      const { code, said, result, files } = await against(
        words,
        "--http",
        server.http as string,
        ...byName(),
        ...asClient(),
      );
      // A busy machine may make a load invalid; what failed is the target's.
      expect({ code: code === 5 ? 0 : code, said }).toEqual({
        code: 0,
        said: expect.not.stringContaining("not checked"),
      });
      expect(result?.target.certificate).toBeUndefined();
      expect(new Set(front.takeNames())).toEqual(new Set(["chat.example.org"]));
      expect(files).toContain("result.json");
      expect(JSON.stringify(result)).not.toContain("PRIVATE KEY");
    }, 60_000);

    test("takes any certificate when told to, of the HTTP API as well, and says so", async () => {
      const https = `https://127.0.0.1:${fronts.http.port}`;
      const reports = ["--report", "html,markdown,junit"];
      const out = join(folder, `insecure-${scheme}-${words[0]}`);
      const given = ["--target", address(), "--http", https, "--insecure", ...asClient(), ...reports];
      const { code, said, result } = await run([...words, ...given], { out });
      const told = expect.stringContaining("(certificate not checked)");
      expect({ code: code === 5 ? 0 : code, said }).toEqual({ code: 0, said: told });
      expect(result?.target.certificate).toBe("unchecked");
      for (const file of ["report.html", "report.md"]) expect(await readFile(join(out, file), "utf8")).toEqual(told);
    }, 60_000);
  });
});

test("load http comes with its certificate over HTTPS", async () => {
  const words = [
    "load",
    "http",
    "--duration",
    "2s",
    "--rate",
    "20/s",
    "--target",
    `tls://127.0.0.1:${fronts.tcp.port}`,
  ];
  const given = ["--http", `https://127.0.0.1:${fronts.http.port}`, ...asClient()];
  const unknown = await run([...words, ...given, "--ca", certificates.ca]);
  expect({ code: unknown.code, said: unknown.said }).toEqual({
    code: 3,
    said: expect.stringContaining("another name"),
  });
  const { code, said, result } = await run([...words, ...given, "--insecure"]);
  expect({ code: code === 5 ? 0 : code, said }).toEqual({ code: 0, said: expect.stringContaining("not checked") });
  expect(result?.target.certificate).toBe("unchecked");
}, 60_000);

test("k6 is refused what it has no word for", async () => {
  const given = ["--target", "wss://127.0.0.1:9", "--server-name", "chat.example.org"];
  const { code, said } = await run(["k6", "chat", ...given]);
  expect({ code, said }).toEqual({ code: 2, said: expect.stringContaining("cupping k6 takes no --server-name") });
});

test("the HTTP API is held to the authority that is named", async () => {
  const https = `https://localhost:${fronts.http.port}`;
  const words = ["conformance", "--only", "HTTP-01/*", "--target", `tls://127.0.0.1:${fronts.tcp.port}`];
  const { code, said } = await run([...words, "--http", https, ...byName(), ...asClient()]);
  // Its certificate is for chat.example.org: the name of the server is not that of the API.
  expect({ code, said }).toEqual({ code: 3, said: expect.stringContaining("does not match certificate's altnames") });
}, 60_000);

test.each([
  ["a file that is not there", ["--ca", "/nope.pem"], "--ca /nope.pem cannot be read"],
  ["a certificate without its key", ["--cert", "CLIENT"], "--cert is given without --key"],
  ["a key without its certificate", ["--key", "KEY"], "--key is given without --cert"],
  ["a key where a certificate belongs", ["--ca", "KEY"], "holds no certificate in PEM form"],
  ["a key that is not the certificate's", ["--cert", "CLIENT", "--key", "OTHER"], "cannot be used"],
  ["an IP address as name", ["--server-name", "127.0.0.1"], "is no name"],
])("%s is told before anything is reached", async (_what, words, expected) => {
  const paths = { CLIENT: certificates.client.cert, KEY: certificates.client.key, OTHER: certificates.server.key };
  const given = words.map((word) => paths[word as keyof typeof paths] ?? word);
  const { code, said, files } = await run(["conformance", "--target", "tls://127.0.0.1:9", ...given]);
  expect({ code, said, files }).toEqual({ code: 2, said: expect.stringContaining(expected), files: [] });
  expect(said.trim().split("\n")).toHaveLength(1);
});

test.each(["tcp://127.0.0.1:9", "ref"])("an option about TLS for %s, which has none, is told", async (target) => {
  const { code, said } = await run(["load", "chat", "--target", target, "--insecure"]);
  expect({ code, said }).toEqual({ code: 2, said: expect.stringContaining("--insecure is about a target over TLS") });
});
