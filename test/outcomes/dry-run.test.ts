import { chmod, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { folder, run } from "../endings/command.ts";

/** A target that notices whoever reaches for it. */
const target = createServer((socket) => socket.destroy());
await new Promise<void>((resolve) => target.listen(0, "127.0.0.1", resolve));
afterAll(() => target.close());
let reached = 0;
target.on("connection", () => reached++);
const { port } = target.address() as AddressInfo;
const http = `http://127.0.0.1:${port}`;

const k6 = join(folder, "k6");
await writeFile(k6, "#!/bin/sh\necho 'k6 v2.2.0 (go1.26.8, linux/amd64)'\n");
await chmod(k6, 0o755);

const commands = [
  ["conformance"],
  ["doctor"],
  ["load", "chat"],
  ["load", "http"],
  ["faults"],
  ["k6", "chat", "--k6", k6],
] as const;
const named = commands.map((words) => [words.slice(0, words[0] === "load" ? 2 : 1).join(" "), words] as const);

/** The scheme that a command takes: k6 knows WebSocket alone. */
function dry(words: readonly string[], ...more: readonly string[]): ReturnType<typeof run> {
  const scheme = words[0] === "k6" ? "ws" : "tcp";
  return run([...words, "--dry-run", "--target", `${scheme}://127.0.0.1:${port}`, ...more]);
}

describe.each(named)("a dry run of %s", (_name, words) => {
  test("with sound options ends well, reaches for nothing and leaves nothing", async () => {
    const { code, said, files } = await dry(words, "--http", http);
    expect({ code, said, files, reached }).toEqual({ code: 0, said: "", files: [], reached: 0 });
  });

  test("refuses a target on a public network", async () => {
    const { code, said } = await dry(words, "--http", "http://203.0.113.1:80");
    expect({ code, said }).toEqual({ code: 2, said: expect.stringContaining("add --i-own-this-target") });
  });

  test.skipIf(words[1] === "http")("refuses accounts that cannot be had", async () => {
    for (const [users, why] of [
      [["--users", "file:missing.csv"], "missing.csv"],
      [["--users", "everybody"], "is not known"],
    ] as const) {
      const { code, said } = await dry(words, ...users);
      expect({ code, said }).toEqual({ code: 2, said: expect.stringContaining(why) });
    }
  });
});

test.each([
  [["load", "http"], "needs the target's HTTP API"],
  [["k6", "--k6", k6, "--target", `tcp://127.0.0.1:${port}`, "--http", http], "needs the target's WebSocket address"],
  [["conformance", "--http", http, "--token-users", "missing.csv"], "missing.csv"],
  [["conformance", "--target", "container", "--compose", "missing.yaml", "--service", "im"], "there is no such file"],
  [["faults", "--target", "container", "--service", "im"], "belong together"],
])("a dry run of %s finds it", async (words, why) => {
  const whole = words.includes("--target") ? words : [...words, "--target", `tcp://127.0.0.1:${port}`];
  const { code, said } = await run([...whole, "--dry-run"]);
  expect({ code, said }).toEqual({ code: 2, said: expect.stringContaining(why) });
});
