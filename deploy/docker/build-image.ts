/**
 * Builds the image from this checkout: `node deploy/docker/build-image.ts [TAG]` (default `cupping:local`).
 *
 * Dependencies are copied from node_modules, and where the official Node image is neither here nor to be pulled, a
 * base is made of this machine's own Node and the libraries that it is linked to, so the build needs no network.
 */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";

const root = join(import.meta.dirname, "..", "..");
const tag = process.argv[2] ?? "cupping:local";
const OFFICIAL_BASE = "node:24-slim";
const OWN_BASE = "cupping-base:local";

function docker(...args: string[]): string {
  // The classic builder: it is part of every engine, while BuildKit needs a plugin that may be missing.
  const env = { ...process.env, DOCKER_BUILDKIT: "0" };
  return execFileSync("docker", args, { encoding: "utf8", env, stdio: ["ignore", "pipe", "pipe"] });
}

function works(act: () => unknown): boolean {
  try {
    act();
    return true;
  } catch {
    return false;
  }
}

/** An image that holds Node, its libraries and nothing else: 130 MB, made in seconds. */
function makeBase(): string {
  const folder = mkdtempSync(join(tmpdir(), "cupping-base-"));
  try {
    const node = realpathSync(process.execPath);
    const libraries = execFileSync("ldd", [node], { encoding: "utf8" }).matchAll(/(\/\S+)(?= \()/g);
    const put = (from: string, to: string): void => {
      mkdirSync(dirname(join(folder, "root", to)), { recursive: true });
      cpSync(from, join(folder, "root", to), { dereference: true });
    };
    put(node, "/usr/local/bin/node");
    for (const [library] of libraries) put(realpathSync(library), library);
    mkdirSync(join(folder, "root", "tmp"), { recursive: true, mode: 0o1777 });
    writeFileSync(
      join(folder, "Dockerfile"),
      'FROM scratch\nCOPY root /\nENV PATH=/usr/local/bin\nENTRYPOINT ["node"]\n',
    );
    docker("build", "--quiet", "--tag", OWN_BASE, folder);
    return OWN_BASE;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Copies what the package needs at run time, and no development tool, to where the Dockerfile looks for it. */
function copyModules(): void {
  const target = join(root, ".docker", "node_modules");
  rmSync(target, { recursive: true, force: true });
  // npm warns about extraneous packages by its exit code, and still prints the list.
  const list = works(() => listModules()) ? listModules() : [];
  for (const path of list) {
    // A nested folder is copied with the package that holds it.
    if (relative(root, path).split("node_modules").length > 2) continue;
    cpSync(path, join(target, relative(join(root, "node_modules"), path)), { recursive: true, dereference: true });
  }
}

function listModules(): string[] {
  const options = { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] } as const;
  const lines = execFileSync("npm", ["ls", "--omit=dev", "--all", "--parseable"], options).split("\n");
  return lines.filter((path) => path.includes("node_modules"));
}

const isOfficialHere =
  works(() => docker("image", "inspect", OFFICIAL_BASE)) || works(() => docker("pull", "--quiet", OFFICIAL_BASE));
const base = isOfficialHere ? OFFICIAL_BASE : makeBase();
copyModules();
try {
  const label = "cupping.image=checkout";
  docker("build", "--quiet", "--tag", tag, "--label", label, "--build-arg", `BASE=${base}`, root);
  // The image that had the tag before has no name now, and would stay for good.
  docker("image", "prune", "--force", "--filter", `label=${label}`);
} finally {
  rmSync(join(root, ".docker"), { recursive: true, force: true });
}
process.stdout.write(`${tag} (from ${base})\n`);
