import { access, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { capabilities } from "../../scenarios/rules/index.ts";
import { loadConfig } from "../config/load-config.ts";
import { type Ran, runCupping } from "../report/testing/run-cupping.ts";

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "cupping-init-"));
});
afterEach(() => rm(dir, { recursive: true }));

const init = (...args: string[]): Promise<Ran> => runCupping(dir, ["init", ...args]);
const read = (path: string): Promise<string> => readFile(join(dir, path), "utf8");

describe("init", () => {
  it("writes a configuration that loads without anything installed, and a workflow", async () => {
    const { code, out, err } = await init("--start", "./server &");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toBe(
      "wrote cupping.config.ts\nwrote .github/workflows/cupping.yml\n\nNext: start your server, then npx cupping gate\n",
    );
    expect((await loadConfig(undefined, dir))?.config).toMatchObject({
      target: "tcp://127.0.0.1:8000",
      http: "http://127.0.0.1:18080",
      loads: { chat: { scenario: "chat" } },
    });
    const config = await read("cupping.config.ts");
    for (const name of Object.keys(capabilities)) expect(config).toMatch(new RegExp(`^    //   ${name} `, "m"));
    const workflow = await read(".github/workflows/cupping.yml");
    expect(workflow).toContain("          ./server &\n");
    expect(workflow).toContain("npx --no-install cupping gate");
    expect(workflow.match(/uses: .*/g)).toEqual(expect.arrayContaining([expect.stringMatching(/@[0-9a-f]{40} # v/)]));
    // No tab may stand in YAML's indentation, and nothing of the template may be left over.
    expect(workflow).not.toMatch(/\t|\$\{(?!\{)|undefined/);
  });

  it.each(["commonjs", "module", undefined])("writes what the gate loads in a package of type %s", async (type) => {
    await writeFile(join(dir, "package.json"), JSON.stringify({ type }));
    await init("--ci", "none", "--target", "ref");
    const { code, err } = await runCupping(dir, ["gate", "--only", "nothing"]);
    expect(code).toBe(2);
    expect(err).toMatch(/^cupping: [^\n]* which has conformance, chat\n$/);
  });

  it("writes for GitLab where GitLab is", async () => {
    await writeFile(join(dir, ".gitlab-ci.yml"), "");
    const { out } = await init();
    expect(out).toContain("wrote cupping.gitlab-ci.yml");
    expect(out).toContain("put the command that starts your server");
    expect(await read("cupping.gitlab-ci.yml")).toContain("junit: cupping-report/junit.xml");
    await expect(access(join(dir, ".github"))).rejects.toThrow();
  });

  it("runs as written: the gate starts with the first step", async () => {
    await init("--target", "ref", "--ci", "none");
    const { code, err } = await runCupping(dir, ["gate", "--only", "nothing"]);
    expect(code).toBe(2);
    expect(err).toMatch(/which has conformance, chat\n$/);
  });

  it("overwrites nothing, unless told to", async () => {
    await writeFile(join(dir, "cupping.config.json"), "{}");
    const { code, err } = await init();
    expect(code).toBe(2);
    expect(err).toBe("cupping: cupping.config.json already exists, so nothing was written; --force overwrites it\n");
    await expect(access(join(dir, "cupping.config.ts"))).rejects.toThrow();
    expect((await init("--force")).code).toBe(0);
  });

  it.each([
    [["nowhere"], /there is no folder nowhere to write the starter files into/],
    [["--target", "localhost"], /localhost/],
  ])("refuses %j", async (args, message) => {
    const { code, err } = await init(...args);
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });
});
