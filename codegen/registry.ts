import type { Command } from "./command.ts";
import { formatCommandId } from "./command-id.ts";
import type { FieldTypes } from "./field-types.ts";
import { commands } from "./generated/commands.ts";
import { fieldTypes } from "./generated/field-types.ts";

/** The commands of a contract, and what is known of the fields of their messages. It never changes. */
export interface Registry {
  readonly commands: readonly Command[];
  /** For names of enums in readable messages. */
  readonly fieldTypes: FieldTypes;
  /** The command with this id, or undefined when the contract has none. */
  byId(id: number): Command | undefined;
  /** The command with this name, e.g. `MSG_DATA`. */
  byName(name: string): Command | undefined;
}

/**
 * Makes the registry of a contract.
 * @param known enums and messages by field; without it numbers of enums are shown without their names
 * @throws TypeError when two commands share an id or a name, or when an answer is no command of the contract
 */
export function createRegistry(members: Iterable<Command>, known: FieldTypes = {}): Registry {
  const byId = new Map<number, Command>();
  const byName = new Map<string, Command>();
  for (const command of members) {
    const same = byId.get(command.id) ?? byName.get(command.name);
    if (same) {
      const one = `${same.name} (${formatCommandId(same.id)})`;
      throw new TypeError(`${command.name} (${formatCommandId(command.id)}) has the id or the name of ${one}`);
    }
    byId.set(command.id, command);
    byName.set(command.name, command);
  }
  for (const { name, replyId } of byId.values()) {
    if (replyId === undefined || byId.has(replyId)) continue;
    throw new TypeError(`${name} is answered by ${formatCommandId(replyId)}, which is no command of the contract`);
  }
  return {
    commands: [...byId.values()],
    fieldTypes: known,
    byId: (id) => byId.get(id),
    byName: (name) => byName.get(name),
  };
}

/** The registry of CIM. */
export const cimRegistry: Registry = createRegistry(Object.values(commands) as Command[], fieldTypes);
