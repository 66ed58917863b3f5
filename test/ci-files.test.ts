import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import packageJson from "../package.json" with { type: "json" };

// The action and the GitLab template, as their runners read them: inputs put in, scripts run by bash in a project.

const root = join(import.meta.dirname, "..");
let project: string;

beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), "cupping-ci-"));
  // A project that has the tool installed: npx takes it from there and asks no registry.
  await mkdir(join(project, "node_modules", ".bin"), { recursive: true });
  await symlink(root, join(project, "node_modules", "cupping"));
  await symlink(join(root, "bin", "cupping.js"), join(project, "node_modules", ".bin", "cupping"));
  await writeFile(
    join(project, "package.json"),
    JSON.stringify({ name: "server", private: true, devDependencies: { cupping: packageJson.version } }),
  );
  await writeFile(join(project, "cupping.config.json"), '{"target":"ref","conformance":{"only":"LOGOUT-*"}}');
});
afterEach(() => rm(project, { recursive: true }));

interface Ended {
  code: number;
  text: string;
}

/** Runs a script as the runners do: bash, ended by the first command that fails. */
function bash(script: string, variables: Record<string, string> = {}): Promise<Ended> {
  return new Promise((resolve) => {
    const PATH = `${dirname(process.execPath)}:${process.env["PATH"]}`;
    // npx must find nothing but what the project has.
    const env = { ...process.env, ...variables, PATH, npm_config_offline: "true", npm_config_prefix: project };
    execFile("bash", ["-eo", "pipefail", "-c", script], { cwd: project, env }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, text: stdout + stderr }),
    );
  });
}

interface Action {
  inputs: Record<string, { description: string; default?: string }>;
  outputs: Record<string, { value: string }>;
  runs: {
    using: string;
    steps: { id?: string; shell?: string; env?: Record<string, string>; run?: string; if?: string }[];
  };
}

describe("the GitHub action", () => {
  const read = async (): Promise<Action> => parse(await readFile(join(root, "action.yml"), "utf8")) as Action;

  /** Runs its own step with these inputs, as the runner would. */
  async function run(given: Record<string, string>): Promise<Ended & { outputs: string }> {
    const { inputs, runs } = await read();
    const step = runs.steps.find(({ id }) => id === "run");
    if (step?.run === undefined || step.shell !== "bash") throw new Error("the action has no bash step");
    const value = (name: string): string => given[name] ?? inputs[name]?.default ?? "";
    const env = Object.fromEntries(
      Object.entries(step.env ?? {}).map(([name, text]) => [
        name,
        text.replaceAll(/\$\{\{ inputs\.([\w-]+) \}\}/g, (_, input: string) => value(input)),
      ]),
    );
    // An expression within the script would be pasted into it: an input could then run anything.
    expect(step.run).not.toContain("${{");
    const output = join(project, "github-output");
    await writeFile(output, "");
    const ended = await bash(step.run, { ...env, GITHUB_OUTPUT: output });
    return { ...ended, outputs: await readFile(output, "utf8") };
  }

  it("runs the gate, leaves the reports and says how it ended", async () => {
    const { code, text, outputs } = await run({});
    expect({ code, text }).toMatchObject({ code: 0 });
    expect(outputs).toBe("exit-code=0\n");
    expect(await readdir(join(project, "cupping-report"))).toEqual(
      expect.arrayContaining(["conformance", "report.html", "junit.xml", "annotations.txt"]),
    );
  }, 60_000);

  it("fails with the command's own exit code", async () => {
    const { code, text, outputs } = await run({ command: "gate --only nothing" });
    expect(text).toContain('--only "nothing" is not in');
    expect({ code, outputs }).toEqual({ code: 2, outputs: "exit-code=2\n" });
  });

  it("names only inputs and outputs that it has, and describes each", async () => {
    const { inputs, outputs, runs } = await read();
    const used = [...(await readFile(join(root, "action.yml"), "utf8")).matchAll(/inputs\.([\w-]+)/g)].map(
      ([, name]) => name,
    );
    expect(new Set(used)).toEqual(new Set(Object.keys(inputs)));
    expect(Object.values(inputs).filter(({ description }) => !description)).toEqual([]);
    const ids = runs.steps.map(({ id }) => id);
    for (const { value } of Object.values(outputs)) expect(ids).toContain(/steps\.(\w+)\./.exec(value)?.[1]);
  });
});

describe("the GitLab template", () => {
  interface Spec {
    spec: { inputs: Record<string, { default?: string }> };
  }
  interface Job {
    cupping: { script: string[]; artifacts: { paths: string[]; reports: { junit: string } } };
  }

  /** The job as GitLab makes it of the template and these inputs. */
  async function job(given: Record<string, string>): Promise<Job["cupping"]> {
    const text = await readFile(join(root, "templates", "cupping.yml"), "utf8");
    const head = parseAllDocuments(text)[0]?.toJS() as Spec;
    const { inputs } = head.spec;
    const body = text.slice(text.indexOf("\n---\n") + 5);
    const filled = body.replaceAll(/\$\[\[ inputs\.(\w+) \]\]/g, (_, name: string) => {
      const value = given[name] ?? inputs[name]?.default;
      if (value === undefined) throw new Error(`the input ${name} has no value`);
      return value;
    });
    return (parse(filled) as Job).cupping;
  }

  it("starts the server, runs the gate and leaves what its artifacts name", async () => {
    const { script, artifacts } = await job({ start: "touch server-started &", version: packageJson.version });
    const { code, text } = await bash(script.join("\n"));
    expect({ code, text }).toMatchObject({ code: 0 });
    expect(await readdir(project)).toEqual(expect.arrayContaining(["server-started", ...artifacts.paths]));
    expect(await readFile(join(project, artifacts.reports.junit), "utf8")).toContain("<testsuite");
  }, 60_000);

  it("ends with the gate's exit code", async () => {
    const { script } = await job({ start: "true", command: "gate --only nothing" });
    expect((await bash(script.join("\n"))).code).toBe(2);
  });

  it("needs a server", async () => {
    await expect(job({})).rejects.toThrow("the input start has no value");
  });
});
