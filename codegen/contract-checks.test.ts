import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const bufCommand = join(root, "node_modules", ".bin", "buf");
const scratch = mkdtempSync(join(tmpdir(), "cupping-contract-"));
afterAll(() => rmSync(scratch, { recursive: true }));

function buf(cwd: string, ...args: string[]): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(bufCommand, args, { cwd, encoding: "utf8" });
  return { status, output: stdout + stderr };
}

/** A copy of the contract in which one line is another. */
function changedContract(name: string, file: string, line: string, changed: string): string {
  const copy = join(scratch, name);
  cpSync(join(root, "proto"), join(copy, "proto"), { recursive: true });
  cpSync(join(root, "buf.yaml"), join(copy, "buf.yaml"));
  const path = join(copy, "proto", file);
  const source = readFileSync(path, "utf8");
  expect(source).toContain(line);
  writeFileSync(path, source.replace(line, changed));
  return copy;
}

const recorded = join(root, "proto", "contract.binpb");

test("the contract passes buf lint and does not break the recorded one", () => {
  expect(buf(root, "lint")).toEqual({ status: 0, output: "" });
  expect(buf(root, "breaking", "--against", recorded)).toEqual({ status: 0, output: "" });
});

test("the recorded contract has everything that the contract has now", () => {
  const now = join(scratch, "now.binpb");
  buf(root, "build", "--exclude-source-info", "-o", now);
  // After an addition: npm run record-contract
  expect(readFileSync(now).equals(readFileSync(recorded))).toBe(true);
});

test.each([
  ["field number", "CIM.Message.proto", "string client_msg_id = 4;", "string client_msg_id = 10;", '"4"'],
  ["field type", "CIM.Message.proto", "int32 create_time = 6;", "uint32 create_time = 6;", '"uint32"'],
  ["field name", "CIM.Voip.proto", "byeReason = 3;", "bye_reason = 3;", '"bye_reason"'],
  ["command id", "CIM.Def.proto", "kCIM_CID_GROUP_INFO_RSP = 0x0510", "kCIM_CID_GROUP_INFO_RSP = 0x050a", '"1296"'],
])("buf breaking catches a changed %s", (what, file, line, changed, named) => {
  const copy = changedContract(what.replace(" ", "-"), file, line, changed);
  const { status, output } = buf(copy, "breaking", "--against", recorded);
  expect(status).toBe(100);
  expect(output).toContain(file);
  expect(output).toContain(named);
});

test("buf lint still looks at what is ours: a field without a comment is found", () => {
  const copy = changedContract("comment", "CIM.Friend.proto", "  // At most 50 users.\n", "");
  const { status, output } = buf(copy, "lint");
  expect(status).toBe(100);
  expect(output).toContain("user_info_list");
});

const generate = join(root, "codegen", "generate.ts");

test("the generated files are those that the contract gives now", () => {
  expect(spawnSync(process.execPath, [generate, "--check"], { encoding: "utf8" })).toMatchObject({
    status: 0,
    stderr: "",
  });
});

test("stale generated files fail the check, with the command to run; running it makes them fresh", () => {
  const copy = join(scratch, "checkout");
  for (const part of ["proto", "codegen", "buf.yaml", "buf.gen.yaml", "package.json"]) {
    cpSync(join(root, part), join(copy, part), { recursive: true });
  }
  execFileSync("ln", ["-s", join(root, "node_modules"), join(copy, "node_modules")]);
  const commands = join(copy, "codegen", "generated", "commands.ts");
  const fresh = readFileSync(commands, "utf8");
  writeFileSync(commands, fresh.replace("0x0301", "0x0399"));
  writeFileSync(join(copy, "codegen", "generated", "left-over.ts"), "");
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [join(copy, "codegen", "generate.ts"), ...args], { encoding: "utf8" });
  const stale = run("--check");
  expect(stale.status).toBe(1);
  expect(stale.stderr).toBe(
    'codegen/generated is stale (commands.ts, left-over.ts): run "npm run codegen" and commit the result\n',
  );
  expect(run().status).toBe(0);
  expect(readFileSync(commands, "utf8")).toBe(fresh);
  expect(run("--check").status).toBe(0);
});
