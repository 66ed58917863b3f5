import type { DescFile } from "@bufbuild/protobuf";
import { formatCommandId } from "../command-id.ts";
import type { Contract } from "./descriptors.ts";
import { GENERATED } from "./file-source.ts";

const directions = [undefined, "client-to-server", "server-to-client", "both"];

const shortName = (typeName: string): string => typeName.slice(typeName.lastIndexOf(".") + 1);

function imports(files: readonly DescFile[], names: ReadonlySet<string>): string[] {
  return files.flatMap((file) => {
    const used = file.messages.map((message) => message.name).filter((name) => names.has(name));
    if (used.length === 0) return [];
    return [
      `import { ${used.map((name) => `${name}Codec`).join(", ")} } from "./${file.name}.codec.ts";`,
      `import type { ${used.join(", ")} } from "./${file.name}.ts";`,
    ];
  });
}

/** `commands.ts`: the command table of the contract, typed. */
export function commandsSource({ files, commands }: Contract): string {
  const bodies = new Map(commands.map(({ value, option }) => [value.number, shortName(option.body)]));
  const rows = commands.map(({ value, option }) => {
    const name = value.name.replace("kCIM_CID_", "");
    const direction = directions[option.direction];
    const reply = option.reply === 0 ? "never" : bodies.get(option.reply);
    if (!direction) throw new Error(`${value.name} in proto/ says no direction`);
    if (!reply)
      throw new Error(
        `${value.name} in proto/ is answered by ${formatCommandId(option.reply)}, which is not a command`,
      );
    const body = shortName(option.body);
    return {
      type: `  readonly ${name}: Command<${body}, ${reply}>;`,
      value: `  ${name}: {
    id: ${formatCommandId(value.number)},
    name: "${name}",
    body: ${body}Codec,
    replyId: ${option.reply === 0 ? "undefined" : formatCommandId(option.reply)},
    replyBody: ${option.reply === 0 ? "undefined" : `${reply}Codec`},
    direction: "${direction}",
    needsLogin: ${option.needsLogin},
    replyNumberedAsPush: ${option.replyNumberedAsPush},
  },`,
    };
  });
  return `${GENERATED}
import type { Command } from "../command.ts";
${imports(files, new Set(bodies.values())).join("\n")}

/** The commands of the contract with the types of their bodies and of the bodies of their answers. */
export interface Commands {
${rows.map((row) => row.type).join("\n")}
}

/** Every command of the contract by its name. */
export const commands: Commands = {
${rows.map((row) => row.value).join("\n")}
};
`;
}

/** `field-types.ts`: which fields hold a value of an enum or a message of the contract, by message. */
export function fieldTypesSource({ files }: Contract): string {
  const rows = files.flatMap((file) =>
    file.messages.flatMap((message) => {
      const typed = message.fields.flatMap((field) => {
        if (field.enum) return [`${field.name}: ${field.enum.name}`];
        return field.message ? [`${field.name}: "${field.message.typeName}"`] : [];
      });
      return typed.length === 0 ? [] : [`  "${message.typeName}": { ${typed.join(", ")} },`];
    }),
  );
  const source = rows.join("\n");
  const lines = files.flatMap((file) => {
    const used = file.enums.map((one) => one.name).filter((name) => new RegExp(`: ${name}\\b`).test(source));
    return used.length === 0 ? [] : [`import { ${used.join(", ")} } from "./${file.name}.ts";`];
  });
  return `${GENERATED}
import type { FieldTypes } from "../field-types.ts";
${lines.join("\n")}

/** Fields by message that are no plain values: an enum as its names and numbers, a message as its full name. */
export const fieldTypes: FieldTypes = {
${source}
};
`;
}

/** `messages.ts`: the codec of every message by its full name, those that are only parts of others too. */
export function messagesSource({ files }: Contract): string {
  const withMessages = files.filter((file) => file.messages.length > 0);
  const rows = withMessages.flatMap((file) =>
    file.messages.map((message) => `  "${message.typeName}": ${message.name}Codec as BodyCodec<unknown>,`),
  );
  const lines = withMessages.map(
    (file) =>
      `import { ${file.messages.map((message) => `${message.name}Codec`).join(", ")} } from "./${file.name}.codec.ts";`,
  );
  return `${GENERATED}
import type { BodyCodec } from "../command.ts";
${lines.join("\n")}

/** The codec of every message of the contract by its full name. */
export const messageCodecs: Readonly<Record<string, BodyCodec<unknown>>> = {
${rows.join("\n")}
};
`;
}
