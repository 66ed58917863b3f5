import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { LocalServer } from "../../server-ref/testing/local-server.ts";
import { passwordDigest } from "./index.ts";

const root = join(import.meta.dirname, "..", "..");
const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), "cupping-docs-"));
const modules = { "cupping/client": "harness/client/index.ts", "cupping/codec": "codegen/index.ts" };

/** The programs of docs/client.md, each with the output that the page shows for it. */
const page = readFileSync(join(root, "docs", "client.md"), "utf8");
const programs = [...page.matchAll(/^## ([^\n]+)$|^```ts\n(.*?)^```\n+```text\n(.*?)^```/gms)];
const titled = programs.flatMap(([, , source, output], i) =>
  source === undefined ? [] : [{ title: programs[i - 1]?.[1] as string, source, output: output as string }],
);

let server: LocalServer;
beforeAll(async () => {
  server = await LocalServer.start();
  await server.register({ userName: "alice", userNickName: "alice", userPwd: passwordDigest("wonderland") });
  await server.register({ userName: "bobby", userNickName: "bobby", userPwd: passwordDigest("builder") });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

test("every example of the page is a program with its output", () => {
  expect(titled.length).toBe([...page.matchAll(/^```ts$/gm)].length);
  expect(titled.length).toBeGreaterThanOrEqual(6);
});

test.each(titled)("$title", async ({ title, source, output }) => {
  let program = source.replaceAll("tcp://127.0.0.1:8000", server.tcp).replaceAll("ws://127.0.0.1:8001", server.ws);
  for (const [name, path] of Object.entries(modules)) {
    program = program.replaceAll(`"${name}"`, JSON.stringify(pathToFileURL(join(root, path)).href));
  }
  const file = join(folder, `${title.replaceAll(/\W+/g, "-")}.ts`);
  writeFileSync(file, program);
  const { stdout, stderr } = await run(process.execPath, [file], { timeout: 30_000 });
  expect(stderr).toBe("");
  expect(stdout).toBe(output);
});

test("every example has the right types", async () => {
  titled.forEach(({ source }, i) => {
    writeFileSync(join(folder, `example-${i}.ts`), source);
  });
  const paths = Object.fromEntries(Object.entries(modules).map(([name, path]) => [name, [join(root, path)]]));
  const config = {
    extends: join(root, "tsconfig.json"),
    compilerOptions: { paths, typeRoots: [join(root, "node_modules", "@types")] },
    include: [join(folder, "example-*.ts")],
  };
  const file = join(folder, "tsconfig.json");
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  writeFileSync(file, JSON.stringify(config));
  const { stdout } = await run(join(root, "node_modules", ".bin", "tsc"), ["-p", file]).catch(
    (error: { stdout: string }) => error,
  );
  expect(stdout).toBe("");
}, 60_000);
