/**
 * Generates `codegen/generated/` from `proto/`: the types of messages and enums with ts-proto, their codecs and the
 * command registry with the generators beside this file.
 *
 * `node codegen/generate.ts` writes the files; with `--check` it only says whether they are up to date (exit 1 if not).
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buf, readContract, root } from "./generate/descriptors.ts";
import { codecFileSource } from "./generate/file-source.ts";
import { commandsSource, fieldTypesSource, messagesSource } from "./generate/registry-source.ts";

/** The only option there is. */
const CHECK = "--check";
const [option] = process.argv.slice(2);
if (option !== undefined && option !== CHECK) {
  process.stderr.write(`Unknown option '${option}'; there is ${CHECK}\n`);
  process.exit(2);
}

const out = join(root, "codegen", "generated");

/** The types as ts-proto writes them, by file name. */
function typeFiles(): Map<string, string> {
  const scratch = mkdtempSync(join(tmpdir(), "cupping-codegen-"));
  try {
    buf("generate", "--output", scratch);
    const folder = join(scratch, "codegen", "generated");
    // ts-proto also writes the files that hold the options; nothing at run time uses them.
    const names = readdirSync(folder).filter((name) => name.startsWith("CIM."));
    return new Map(names.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

function generate(): Map<string, string> {
  const contract = readContract();
  const files = typeFiles();
  for (const file of contract.files) {
    const source = codecFileSource(file, contract.files);
    if (source) files.set(`${file.name}.codec.ts`, source);
  }
  files.set("commands.ts", commandsSource(contract));
  files.set("field-types.ts", fieldTypesSource(contract));
  files.set("messages.ts", messagesSource(contract));
  return files;
}

/** Names of the files that differ from what would be generated now, missing and superfluous ones included. */
function staleFiles(files: ReadonlyMap<string, string>): string[] {
  const present = readdirSync(out);
  const names = new Set([...files.keys(), ...present]);
  return [...names].filter(
    (name) => !present.includes(name) || readFileSync(join(out, name), "utf8") !== files.get(name),
  );
}

mkdirSync(out, { recursive: true });
const files = generate();
const stale = staleFiles(files);
if (option === CHECK) {
  if (stale.length > 0) {
    console.error(`codegen/generated is stale (${stale.join(", ")}): run "npm run codegen" and commit the result`);
    process.exitCode = 1;
  }
} else {
  for (const name of stale) {
    const source = files.get(name);
    if (source === undefined) rmSync(join(out, name));
    else writeFileSync(join(out, name), source);
  }
}
