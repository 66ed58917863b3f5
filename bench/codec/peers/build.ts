import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { transformSync } from "esbuild";
import { buf, readContract, root } from "../../../codegen/generate/descriptors.ts";
import { googleProtobufSource } from "./google-protobuf-source.ts";

/** Where the other libraries' generated code goes: out of the repository, but inside node's search for packages. */
export const peersFolder: string = join(root, "node_modules", ".cache", "cupping-codec-peers");

const template = JSON.stringify({
  version: "v2",
  plugins: [
    {
      local: "protoc-gen-ts_proto",
      out: "ts-proto",
      opt: [
        "forceLong=bigint",
        "enumsAsLiterals=true",
        "snakeToCamel=false",
        "esModuleInterop=true",
        "importSuffix=.js",
      ],
    },
    { local: "protoc-gen-es", out: "protobuf-es", opt: ["target=js", "import_extension=js"], include_imports: true },
  ],
});

/** Node does not strip types below `node_modules`, so the stock TypeScript becomes JavaScript first. */
function stripTypes(folder: string): void {
  for (const name of readdirSync(folder, { recursive: true }) as string[]) {
    if (!name.endsWith(".ts")) continue;
    const { code } = transformSync(readFileSync(join(folder, name), "utf8"), { loader: "ts", target: "es2024" });
    writeFileSync(join(folder, name.replace(/\.ts$/, ".js")), code);
  }
}

/** Generates the code of every peer from `proto/` with its own stock generator. */
export function buildPeers(): void {
  rmSync(peersFolder, { recursive: true, force: true });
  mkdirSync(peersFolder, { recursive: true });
  writeFileSync(join(peersFolder, "package.json"), '{"type":"module"}');
  buf("generate", "--template", template, "--output", peersFolder);
  stripTypes(join(peersFolder, "ts-proto"));

  const { files } = readContract();
  const protos = files.map((file) => join(root, "proto", `${file.name}.proto`));
  const descriptors = join(root, "node_modules", "protobufjs");
  const pbjs = join(root, "node_modules", ".bin", "pbjs");
  const paths = ["--path", join(root, "proto"), "--path", descriptors];
  execFileSync(
    process.execPath,
    [pbjs, "--target", "static-module", "--wrap", "commonjs", "--keep-case", ...paths]
      .concat("--out", join(peersFolder, "protobufjs-static.cjs"))
      .concat(protos),
    { cwd: root },
  );
  writeFileSync(join(peersFolder, "google-protobuf.cjs"), googleProtobufSource(files));
}
