import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";

const say = (program: string, ...words: string[]): string =>
  execFileSync(program, words, { encoding: "utf8", env: { ...process.env, DOCKER_BUILDKIT: "0" } }).trim();

/** The libraries that programs are linked to. */
function librariesOf(programs: readonly string[]): Set<string> {
  const found = [...say("ldd", ...programs).matchAll(/(\/\S+)(?= \()/g)].map(([path]) => path);
  return new Set(found.filter((path) => path.includes("lib")));
}

/**
 * An image that holds this machine's python3 and its standard library, and nothing else: where no registry can be
 * reached, it takes the place of the official one. It is made in seconds.
 */
export function makePythonBase(tag: string): void {
  const folder = mkdtempSync(join(tmpdir(), "cupping-python-base-"));
  try {
    const root = join(folder, "root");
    const put = (from: string, to: string = from): void => {
      mkdirSync(dirname(join(root, to)), { recursive: true });
      cpSync(from, join(root, to), {
        recursive: true,
        dereference: true,
        filter: (path) => !["__pycache__", "test", "config-3.11-x86_64-linux-gnu"].includes(basename(path)),
      });
    };
    const python = realpathSync(say("python3", "-c", "import sys; print(sys.executable)"));
    const library = say("python3", "-c", "import os; print(os.path.dirname(os.__file__))");
    const extensions = join(library, "lib-dynload");
    put(python);
    put(python, "/usr/bin/python3");
    put(library);
    const linked = [python, ...readdirSync(extensions).map((name) => join(extensions, name))];
    for (const path of librariesOf(linked)) put(realpathSync(path), path);
    mkdirSync(join(root, "tmp"), { recursive: true, mode: 0o1777 });
    writeFileSync(join(folder, "Dockerfile"), "FROM scratch\nCOPY root /\nENV PATH=/usr/bin\n");
    say("docker", "build", "--quiet", "--tag", tag, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
