import { createServer } from "node:net";
import { expect, test } from "vitest";
import type { ConformanceResult } from "../../harness/result/index.ts";
import {
  answersInHtml,
  closesAtOnce,
  greetsInText,
  halfLittleEndian,
  littleEndian,
  logsNobodyIn,
  type SickTarget,
  saysNothing,
  speaksHttp,
  speaksTls,
} from "./index.ts";
import { runAgainst } from "./run.ts";

/** Something listened here, and does no more. */
const nobodyListens: SickTarget = {
  name: "nobody-listens",
  title: "no longer listens",
  async start() {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as { port: number };
    await new Promise((resolve) => server.close(resolve));
    return { target: `tcp://127.0.0.1:${port}`, stop: async () => {} };
  },
};

test.each([
  [nobodyListens, /nobody listens at tcp:\/\/127\.0\.0\.1:\d+/],
  [closesAtOnce, /closes every connection at once/],
  [speaksHttp, /not a server of this protocol: it speaks HTTP: .*"HTTP\/1\.1 400 Bad Request"/],
  [answersInHtml, /not a server of this protocol: it speaks HTTP: "HTTP\/1\.0 200 OK"/],
  [greetsInText, /not a server of this protocol: a login was answered with the text "SSH-2\.0-OpenSSH_9\.2"/],
  [speaksTls, /not a server of this protocol: it speaks TLS; give --target tls:\/\/127\.0\.0\.1:\d+/],
])("$name is no target: the run ends before its first case", { timeout: 120_000 }, async (stranger, sentence) => {
  const { code, err, result } = await runAgainst<ConformanceResult>(stranger, "conformance");
  expect(code).toBe(3);
  expect(err).toMatch(sentence);
  expect(result).toBeUndefined();
});

test.each([
  [saysNothing, /accepts connections, but says nothing when somebody logs in; first mend LOGIN-01/, "LOGIN-01"],
  [littleEndian, /speaks the protocol with a little-endian header.*; first mend CONN-02/, "CONN-02"],
  [halfLittleEndian, /a little-endian header \(the fields of 16 bits\); .*; first mend CONN-02/, "CONN-02"],
  [logsNobodyIn, /nobody can log in: .*result_code 6.*; first mend LOGIN-01/, "LOGIN-01"],
])("$name fails by one rule, and nothing else is judged", { timeout: 120_000 }, async (stranger, sentence, rule) => {
  const { code, out, result, read } = await runAgainst<ConformanceResult>(stranger, "conformance");
  expect(code).toBe(1);
  expect(result?.verdict).toBe("fail");
  expect(result?.reasons[0]).toMatch(sentence);
  expect(out.replaceAll(/\s+/g, " ")).toMatch(new RegExp(sentence, "i"));
  expect(read("report.html")).toContain(`first mend ${rule}`);
  const judged = result?.cases.filter(({ status }) => status !== "couldNotRun" && status !== "notApplicable") ?? [];
  expect(new Set(judged.map((one) => one.rule))).toEqual(new Set([rule]));
  expect(new Set(judged.map((one) => one.status))).toEqual(new Set(["failed"]));
});
