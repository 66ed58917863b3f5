import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const rooms = ["proto", "codegen", "server-ref", "harness", "scenarios", "reports", "bin", "test", "bench"];
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
  ["codegen", "test", "rooms-do-without-the-tests"],
  ["bin", "bench", "rooms-do-without-the-tests"],
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

test("files that know each other in a circle are found, however long it is and be it for types alone", async () => {
  const circle = ["one", "two", "three"].map((name) => join(house, "harness", `${name}.ts`));
  await writeFile(circle[0] as string, 'export type { Here } from "./two.ts";\nexport const here: boolean = true;\n');
  await writeFile(circle[1] as string, 'export type { Here } from "./three.ts";\n');
  await writeFile(circle[2] as string, 'import type { here } from "./one.ts";\nexport type Here = typeof here;\n');
  expect((await cruise()).stdout).toContain("no-circular: harness/one.ts →");
  await Promise.all(circle.map((file) => rm(file)));
});

/** Inside the server: a file that imports, what it must not import, and the rule that says so. */
const walls: [from: string, to: string, rule: string][] = [
  ["server-ref/gate/a.ts", "server-ref/store/store.ts", "gate-hands-requests-to-the-logic"],
  ["server-ref/gate/b.ts", "server-ref/bus/redis-bus.ts", "gate-hands-requests-to-the-logic"],
  ["server-ref/logic/a.ts", "server-ref/gate/gate.ts", "logic-knows-no-socket"],
  ["server-ref/logic/b.ts", "server-ref/http/app.ts", "logic-knows-no-socket"],
  ["server-ref/logic/c.ts", "server-ref/bus/bus.ts", "logic-knows-no-socket"],
  ["server-ref/logic/d.ts", "server-ref/store/sqlite/index.ts", "logic-knows-no-socket"],
  ["server-ref/logic/e.ts", "server-ref/store/open.ts", "logic-opens-no-store"],
  ["server-ref/store/a.ts", "server-ref/logic/msg.ts", "store-knows-nobody"],
  ["server-ref/store/sqlite/a.ts", "server-ref/gate/gate.ts", "store-knows-nobody"],
  ["server-ref/store/sqlite/b.ts", "server-ref/store/postgres/lanes.ts", "stores-stand-apart"],
  ["server-ref/bus/a.ts", "server-ref/gate/gate.ts", "bus-ties-gates"],
  ["server-ref/bus/b.ts", "server-ref/logic/msg.ts", "bus-ties-gates"],
  ["server-ref/http/a.ts", "server-ref/store/store.ts", "http-knows-accounts"],
  ["server-ref/accounts/a.ts", "server-ref/http/app.ts", "accounts-know-the-store"],
  ["server-ref/processes/a.ts", "server-ref/gate/gate.ts", "processes-move-bytes"],
  ["server-ref/mutants/a.ts", "server-ref/store/store.ts", "mutants-use-seams"],
  ["server-ref/mutants/wrap/a.ts", "server-ref/gate/gate.ts", "wraps-know-what-they-wrap"],
  ["server-ref/logic/f.ts", "server-ref/mutants/index.ts", "mutants-come-from-outside"],
  ["server-ref/start-server.ts", "server-ref/mutants/index.ts", "mutants-come-from-outside"],
];

/** Inside the harness, likewise. */
const harnessWalls: typeof walls = [
  ["harness/result/a.ts", "harness/client/b.ts", "result-and-client-stand-alone"],
  ["harness/client/a.ts", "harness/result/b.ts", "result-and-client-stand-alone"],
  ["harness/measure/a.ts", "harness/load/engine.ts", "foundations-know-no-run"],
  ["harness/accounts/a.ts", "harness/runner/case.ts", "foundations-know-no-run"],
  ["harness/targets/a.ts", "harness/measure/clock.ts", "targets-are-not-measured-here"],
  ["harness/runner/a.ts", "harness/load/engine.ts", "kinds-of-run-stand-apart"],
  ["harness/http-load/a.ts", "harness/k6-run/b.ts", "kinds-of-run-stand-apart"],
  ["harness/k6/a.ts", "harness/targets/b.ts", "k6-is-run-from-outside"],
  ["harness/k6-run/a.ts", "harness/load/engine.ts", "k6-run-starts-k6-alone"],
  ["harness/load/a.ts", "harness/check/checker.ts", "rooms-of-harness-are-entered-by-their-index"],
];

describe("walls inside server and harness", () => {
  let found: string;

  const write = async (file: string, text: string): Promise<void> => {
    await mkdir(join(house, dirname(file)), { recursive: true });
    await writeFile(join(house, file), text);
  };
  const importing = (from: string, to: string): string => `export { here } from "./${relative(dirname(from), to)}";\n`;

  beforeAll(async () => {
    for (const [, to] of [...walls, ...harnessWalls]) await write(to, "export const here: boolean = true;\n");
    for (const [from, to] of [...walls, ...harnessWalls]) await write(from, importing(from, to));
    await write(
      "server-ref/store/one.ts",
      'export type { Here } from "./other.ts";\nexport const here: boolean = true;\n',
    );
    await write(
      "server-ref/store/other.ts",
      'import type { here } from "./one.ts";\nexport type Here = typeof here;\n',
    );
    found = (await cruise()).stdout;
  });

  test.each([...walls, ...harnessWalls])("%s may not import %s", (from, to, rule) => {
    expect(found).toContain(`${rule}: ${from} → ${to}`);
  });

  test("files may not import each other, not even their types", () => {
    expect(found).toContain("no-circular: server-ref/store/one.ts →");
  });
});
