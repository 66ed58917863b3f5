import { stat } from "node:fs/promises";
import { join, relative } from "node:path";
import { parseAddress } from "../../harness/client/index.ts";
import { CuppingError } from "../../harness/errors.ts";
import { writeWhole } from "../../harness/result/index.ts";
import { esModuleName } from "../../harness/user-module.ts";
import { configNames } from "../config/load-config.ts";
import type { InitArguments } from "../options/init.ts";
import { configTemplate, githubTemplate, gitlabTemplate, type StarterOptions } from "./templates.ts";

/** The port of the protocol's HTTP API. */
const DEFAULT_HTTP = "http://127.0.0.1:18080";

interface StarterFile {
  path: string;
  text: string;
}

/** Writes a starter configuration and CI files into a project, and says what to do next. */
export async function writeStarter(args: InitArguments): Promise<void> {
  if (args.target !== "ref" && args.target !== "container") parseAddress(args.target);
  const found = await stat(args.dir).catch(() => undefined);
  if (!found?.isDirectory())
    throw new CuppingError("usage", `there is no folder ${args.dir} to write the starter files into`);
  const files = await starterFiles(args);
  if (!args.force) await refuseToOverwrite(args.dir, files);
  for (const { path, text } of files) {
    await writeWhole(path, text);
    process.stdout.write(`wrote ${relative(process.cwd(), path)}\n`);
  }
  process.stdout.write("\nNext: start your server, then npx cupping gate\n");
  if (args.start === undefined && files.length > 1) {
    process.stdout.write("In CI: put the command that starts your server where the workflow says so\n");
  }
}

async function starterFiles(args: InitArguments): Promise<StarterFile[]> {
  const external = args.target !== "ref" && args.target !== "container";
  // Users are registered over HTTP, so a configuration without it would not run.
  const http = args.http ?? (external ? DEFAULT_HTTP : undefined);
  const options: StarterOptions = { target: args.target, http, start: args.start };
  const ci = args.ci === "auto" ? await detectedCi(args.dir) : args.ci;
  return [
    { path: join(args.dir, esModuleName(args.dir, "cupping.config")), text: configTemplate(options) },
    ...(ci === "github" || ci === "both"
      ? [{ path: join(args.dir, ".github", "workflows", "cupping.yml"), text: githubTemplate(options) }]
      : []),
    ...(ci === "gitlab" || ci === "both"
      ? [{ path: join(args.dir, "cupping.gitlab-ci.yml"), text: gitlabTemplate(options) }]
      : []),
  ];
}

async function detectedCi(dir: string): Promise<"github" | "gitlab"> {
  return (await exists(join(dir, ".gitlab-ci.yml"))) ? "gitlab" : "github";
}

/** Any configuration counts, under whatever name: a second one would never be found. */
async function refuseToOverwrite(dir: string, files: readonly StarterFile[]): Promise<void> {
  const paths = new Set([...configNames.map((name) => join(dir, name)), ...files.map(({ path }) => path)]);
  for (const path of paths) {
    if (await exists(path))
      throw new CuppingError("usage", `${path} already exists, so nothing was written; --force overwrites it`);
  }
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}
