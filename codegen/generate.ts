/**
 * Generates `codegen/generated/` from `proto/`: typed messages with ts-proto, and the command registry from the
 * contract's own options.
 */
import { execFileSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  createFileRegistry,
  type DescEnumValue,
  type DescExtension,
  fromBinary,
  getExtension,
} from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";

const root = join(import.meta.dirname, "..");
const out = join(root, "codegen", "generated");
const bin = join(root, "node_modules", ".bin");
const env = { ...process.env, PATH: `${bin}:${process.env["PATH"]}` };

const buf = (...args: string[]): Buffer => execFileSync(join(bin, "buf"), args, { cwd: root, env, maxBuffer: 1 << 26 });

buf("generate");
for (const unused of ["google", "cupping.options.ts"]) rmSync(join(out, unused), { recursive: true, force: true });

const files = createFileRegistry(fromBinary(FileDescriptorSetSchema, buf("build", "-o", "-#format=binpb")));
const commandOption = files.getExtension("cupping.command") as DescExtension;
const commandIds = files.getEnum("CIM.Def.CIMCmdID");
if (!commandIds || !commandOption) throw new Error("proto/ has no CIM.Def.CIMCmdID or no cupping.command option");

interface CommandOption {
  body: string;
  reply: number;
  direction: number;
  needsLogin: boolean;
  replyNumberedAsPush: boolean;
}

const directions = [undefined, "client-to-server", "server-to-client", "both"];

const row = (value: DescEnumValue): string => {
  const option = getExtension(value.proto.options!, commandOption) as CommandOption;
  const name = value.name.replace("kCIM_CID_", "");
  const [, pkg, message] = option.body.split(".");
  return `  ${name}: {
    id: 0x${value.number.toString(16).padStart(4, "0")},
    name: "${name}",
    body: bodyCodec("${option.body}", ${pkg}.${message}),
    replyId: ${option.reply === 0 ? "undefined" : `0x${option.reply.toString(16).padStart(4, "0")}`},
    direction: "${directions[option.direction]}",
    needsLogin: ${option.needsLogin},
    replyNumberedAsPush: ${option.replyNumberedAsPush},
  },`;
};

const bodyType = (id: number): string => {
  const value = commandIds.values.find((candidate) => candidate.number === id);
  const option = getExtension(value!.proto.options!, commandOption) as CommandOption;
  return option.body.replace("CIM.", "");
};
const typeRow = (value: DescEnumValue): string => {
  const option = getExtension(value.proto.options!, commandOption) as CommandOption;
  const reply = option.reply === 0 ? "never" : bodyType(option.reply);
  return `  readonly ${value.name.replace("kCIM_CID_", "")}: Command<${bodyType(value.number)}, ${reply}>;`;
};

const packages = ["Friend", "Group", "List", "Login", "Message", "Voip"];
const values = commandIds.values.filter((value) => value.number !== 0);
writeFileSync(
  join(out, "commands.ts"),
  `// Generated from proto/ by codegen/generate.ts. DO NOT EDIT.
import { bodyCodec } from "../body-codec.ts";
import type { Command } from "../command.ts";
${packages.map((name) => `import * as ${name} from "./CIM.${name}.ts";`).join("\n")}

/** The commands of the contract with the types of their bodies. */
export interface Commands {
${values.map(typeRow).join("\n")}
}

/** Every command of the contract by its name. */
export const commands: Commands = {
${values.map(row).join("\n")}
};
`,
);
