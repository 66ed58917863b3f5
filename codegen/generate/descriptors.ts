import { execFileSync } from "node:child_process";
import { join } from "node:path";
import {
  createFileRegistry,
  type DescEnum,
  type DescEnumValue,
  type DescExtension,
  type DescFile,
  type FileRegistry,
  fromBinary,
  getExtension,
} from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";

/** The root of the checkout, where `buf.yaml` is. */
export const root: string = join(import.meta.dirname, "..", "..");
const bin = join(root, "node_modules", ".bin");

/** Runs buf with the plugins of this checkout on its path, and returns its standard output. */
export function buf(...args: string[]): Buffer {
  const env = { ...process.env, PATH: `${bin}:${process.env["PATH"]}` };
  return execFileSync(join(bin, "buf"), args, { cwd: root, env, maxBuffer: 1 << 26 });
}

/** What the option `(cupping.v1.command)` says of a command id. */
export interface CommandOption {
  body: string;
  reply: number;
  direction: number;
  needsLogin: boolean;
  replyNumberedAsPush: boolean;
}

/** The contract as descriptors. */
export interface Contract {
  /** The files with messages that travel on the wire, by package. */
  readonly files: readonly DescFile[];
  /** Every command id but 0, with its option. */
  readonly commands: readonly { value: DescEnumValue; option: CommandOption }[];
}

function commandsOf(registry: FileRegistry, ids: DescEnum): Contract["commands"] {
  const extension = registry.getExtension("cupping.v1.command") as DescExtension;
  return ids.values
    .filter((value) => value.number !== 0)
    .map((value) => {
      const option = value.proto.options && (getExtension(value.proto.options, extension) as CommandOption);
      if (!option?.body) throw new Error(`${value.name} in proto/ has no option (cupping.v1.command)`);
      return { value, option };
    });
}

/** Compiles `proto/` with buf. */
export function readContract(): Contract {
  const registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, buf("build", "-o", "-#format=binpb")));
  const ids = registry.getEnum("CIM.Def.CIMCmdID");
  if (!ids) throw new Error("proto/ has no enum CIM.Def.CIMCmdID");
  const files = [...registry.files]
    .filter((file) => file.proto.package.startsWith("CIM."))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return { files, commands: commandsOf(registry, ids) };
}
