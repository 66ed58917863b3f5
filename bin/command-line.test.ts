import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const launcher = join(import.meta.dirname, "cupping.js");
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cupping-cli-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Outcome {
  code: number | null;
  stdout: string;
  stderr: string;
}

function cupping(words: string[], input = ""): Promise<Outcome> {
  const child = spawn(process.execPath, [launcher, ...words], { cwd: folder });
  const outcome: Outcome = { code: null, stdout: "", stderr: "" };
  child.stdout.on("data", (chunk) => {
    outcome.stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    outcome.stderr += chunk;
  });
  child.stdin.end(input);
  return new Promise((resolve) => child.on("close", (code) => resolve({ ...outcome, code })));
}

/** Bad usage: exit code 2, one sentence on standard error, nothing on standard output. */
function expectUsageError(outcome: Outcome, sentence: RegExp): void {
  expect(outcome.stderr).toMatch(sentence);
  expect(outcome.stderr.trim().split("\n")).toHaveLength(1);
  expect(outcome.stdout).toBe("");
  expect(outcome.code).toBe(2);
}

describe("bad command lines", () => {
  const cases: [words: string[], sentence: RegExp][] = [
    [[], /name a command/],
    [["repotr", "a", "--out", "d"], /no command "repotr"; did you mean "report"\?/],
    [["decdoe"], /no command "decdoe"; did you mean "decode"\?/],
    [["decode", "--jso"], /no option --jso; did you mean --json\?/],
    [["serve", "--tpc", "0"], /no option --tpc; did you mean --tcp\?/],
    [["serve", "--tcp"], /--tcp needs a value/],
    [["serve", "--tcp", "many"], /--tcp/],
    [["serve", "extra"], /"extra" was not expected here/],
    [["serve", "--host", "a", "--host", "b"], /--host was given 2 times but takes a single value/],
  ];
  test.each(cases)("%j", async (words, sentence) => {
    expectUsageError(await cupping(words), sentence);
  });
});

describe("decode", () => {
  const heartbeat = "00000010000100000000010500070000";
  const chat =
    "00000048000100000000030100030000080c180d222436663163396135322d386630652d346237652d396131642d3063326233643465356636303080e2cfaa06380140014a026869";

  test("prints hexadecimal arguments as text", async () => {
    const { stdout, code } = await cupping(["decode", heartbeat, chat]);
    expect(stdout).toBe(
      [
        "0x0105 LOGIN_HEARTBEAT  seq 7  16 bytes",
        "  (empty body)",
        "0x0301 MSG_DATA  seq 3  72 bytes",
        "  from_user_id   12",
        "  to_session_id  13",
        '  client_msg_id  "6f1c9a52-8f0e-4b7e-9a1d-0c2b3d4e5f60"',
        "  create_time    1700000000",
        "  msg_type       kCIM_MSG_TYPE_TEXT (1)",
        "  session_type   kCIM_SESSION_TYPE_SINGLE (1)",
        '  msg_data       "hi"',
        "",
      ].join("\n"),
    );
    expect(code).toBe(0);
  });

  test("prints a file of raw bytes as one JSON object per frame", async () => {
    const file = join(folder, "capture.bin");
    await writeFile(file, Buffer.from(heartbeat + chat, "hex"));
    const { stdout } = await cupping(["decode", "--json", file]);
    const frames = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(frames.map((frame) => frame.command)).toEqual(["LOGIN_HEARTBEAT", "MSG_DATA"]);
    expect(frames[1].message).toMatchObject({ from_user_id: "12", msg_data: { utf8: "hi" } });
  });

  test("keeps an id of 2^64-1 whole from standard input", async () => {
    const { stdout } = await cupping(["decode", "--json"], "0000001b0001000000000507000a0000 08ffffffffffffffffff01\n");
    expect(JSON.parse(stdout).message.user_id).toBe("18446744073709551615");
  });

  test("shows an unknown command and an undecodable body instead of stopping", async () => {
    const { stdout, code } = await cupping([
      "decode",
      "000000110001000000000999000100000a",
      "000000110001000000000301000100000a",
    ]);
    expect(stdout).toContain("0x0999  seq 1  17 bytes\n  no command has the id 0x0999\n  body 0x0a");
    expect(stdout).toContain("0x0301 MSG_DATA  seq 1  17 bytes");
    expect(code).toBe(0);
  });

  test("prints what it could cut, then says at which byte the rest went wrong", async () => {
    const { stdout, stderr, code } = await cupping(["decode", `${heartbeat}0000`]);
    expect(stdout).toContain("LOGIN_HEARTBEAT");
    expect(stderr).toMatch(/at byte 16: the stream ended 2 bytes into a frame/);
    expect(code).toBe(2);
  });

  test.each([
    ["zz", /"zz" is neither a file nor hexadecimal digits/],
    ["001", /3 hexadecimal digits, but bytes need an even number/],
    ["0000000f000100000000010500070000", /at byte 0: length 15/],
    [".", /is a directory; expected a file/],
  ])("refuses %s", async (argument, sentence) => {
    expectUsageError(await cupping(["decode", argument]), sentence);
  });

  test("refuses empty standard input", async () => {
    expectUsageError(await cupping(["decode"]), /standard input is empty/);
  });
});
