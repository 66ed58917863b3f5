import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { hasEngine } from "../../harness/targets/index.ts";

const root = join(import.meta.dirname, "..", "..");
const IMAGE = "cupping:slices-test";
const SLICES = 5;
/** Until all containers run. */
const AHEAD_S = 40;
/** The user of the pods, whom `fsGroup` lets write into the volume. */
const USER = "12345:12345";

const canRun = await hasEngine();
if (!canRun) process.stderr.write("the jobs of deploy/k8s are not run: no Docker engine answers (docker version)\n");

const docker = (...words: string[]): string =>
  execFileSync("docker", words, { encoding: "utf8", stdio: "pipe" }).trim();
const tag = `cupping-slices-${process.pid}`;

interface Container {
  command: string[];
  args: string[];
  env: { name: string; value: string }[];
}

const [slices, merge] = parseAllDocuments(readFileSync(join(root, "deploy", "k8s", "slices.yaml"), "utf8")).map(
  (document) => document.toJS().spec.template.spec.containers[0] as Container,
) as [Container, Container];

/** A smaller load than that of the manifest, for one machine. */
const smaller: Record<string, string> = { clients: "500", rate: "50/s", ramp: "10s", duration: "20s" };

/** Starts a container as its job would. */
function start(name: string, { command, args, env }: Container, more: Record<string, string>): void {
  const variables = { ...Object.fromEntries(env.map(({ name, value }) => [name, value])), ...more };
  const words = args.map((word) => {
    const option = /^--([a-z]+)=/.exec(word)?.[1] ?? "";
    return smaller[option] === undefined ? word : `--${option}=${smaller[option]}`;
  });
  const given = Object.entries(variables).flatMap(([variable, value]) => ["--env", `${variable}=${value}`]);
  const [entrypoint, ...script] = command as [string, ...string[]];
  const place = ["--network", tag, "--user", USER, "--volume", `${tag}:/results`];
  docker(
    "run",
    "--detach",
    "--name",
    `${tag}-${name}`,
    ...place,
    ...given,
    "--entrypoint",
    entrypoint,
    IMAGE,
    ...script,
    ...words,
  );
}

describe.skipIf(!canRun)("the jobs of deploy/k8s, as containers", () => {
  afterAll(() => {
    const left = docker("ps", "--all", "--quiet", "--filter", `network=${tag}`).split("\n").filter(Boolean);
    if (left.length > 0) docker("rm", "--force", ...left);
    docker("volume", "rm", "--force", tag);
    docker("network", "rm", tag);
    docker("image", "rm", "--force", IMAGE);
  });

  test("five slices of a containerised server are merged, and the last container answers for the load", () => {
    execFileSync(process.execPath, [join(root, "deploy", "docker", "build-image.ts"), IMAGE], { stdio: "pipe" });
    docker("network", "create", tag);
    docker("volume", "create", tag);
    const own = ["-e", "fs.chownSync('/results', 12345, 12345)"];
    docker("run", "--rm", "--user", "0:0", "--volume", `${tag}:/results`, "--entrypoint", "node", IMAGE, ...own);
    const serve = ["serve", "--host", "0.0.0.0", "--store", "memory:", "--password-cost", "1"];
    const server = ["--name", `${tag}-server`, "--network", tag, "--network-alias", "cupping-server"];
    docker("run", "--detach", ...server, IMAGE, ...serve);
    const env = { SLICES: String(SLICES), START_AT: String(Math.ceil(Date.now() / 1000) + AHEAD_S) };
    start("merge", merge, { SLICES: env.SLICES });
    for (let index = 0; index < SLICES; index++)
      start(`slice-${index}`, slices, { ...env, JOB_COMPLETION_INDEX: String(index) });
    const code = Number(docker("wait", `${tag}-merge`));
    const said = docker("logs", `${tag}-merge`);
    // A busy machine may make it invalid.
    expect([0, 5], said).toContain(code);
    expect(said).toMatch(new RegExp(`^slices +${SLICES} of ${SLICES}, the clocks of their machines `, "m"));
    expect(said).toMatch(/^clients +500 asked for, 500 at one time, 0 failed$/m);
    for (let index = 0; index < SLICES; index++) expect(docker("wait", `${tag}-slice-${index}`)).toBe("0");
  }, 300_000);
});
