import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const rooms = ["proto", "codegen", "server-ref", "harness", "scenarios", "reports", "bin"];
let house: string;

/** A copy of the house with empty rooms, so that one forbidden import at a time can be tried. */
beforeAll(async () => {
  house = await mkdtemp(join(tmpdir(), "cupping-boundaries-"));
  await Promise.all(rooms.map((room) => mkdir(join(house, room))));
  await Promise.all(
    rooms.map((room) => writeFile(join(house, room, "index.ts"), "export const here: boolean = true;\n")),
  );
  await cp(join(root, "package.json"), join(house, "package.json"));
  await symlink(join(root, "node_modules"), join(house, "node_modules"));
});

afterAll(() => rm(house, { recursive: true, force: true }));

const cruise = (): Promise<{ stdout: string }> =>
  promisify(execFile)(
    process.execPath,
    [join(root, "node_modules/.bin/depcruise"), "--config", join(root, ".dependency-cruiser.json"), ...rooms],
    { cwd: house },
  ).catch((error: { stdout: string }) => error);

const forbidden: [from: string, to: string, rule: string][] = [
  ["server-ref", "harness", "server-ref-imports-codegen-only"],
  ["server-ref", "scenarios", "server-ref-imports-codegen-only"],
  ["harness", "server-ref", "harness-imports-codegen-only"],
  ["harness", "scenarios", "harness-imports-codegen-only"],
  ["scenarios", "server-ref", "scenarios-import-harness-and-codegen-only"],
  ["scenarios", "reports", "scenarios-import-harness-and-codegen-only"],
  ["reports", "harness", "reports-import-the-result-only"],
  ["codegen", "harness", "codegen-imports-proto-only"],
];

test.each(forbidden)("%s may not import %s", async (from, to, rule) => {
  const file = join(house, from, "trespass.ts");
  await writeFile(file, `export { here } from "../${to}/index.ts";\n`);
  expect((await cruise()).stdout).toContain(rule);
  await rm(file);
});

test("rooms that keep to their doors pass", async () => {
  const file = join(house, "harness", "visit.ts");
  await writeFile(file, `export { here } from "../codegen/index.ts";\n`);
  expect((await cruise()).stdout).toContain("no dependency violations found");
  await rm(file);
});
