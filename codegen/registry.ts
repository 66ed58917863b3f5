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
 * @throws TypeError when two commands share an id or a name, or when an answer is no command of the contract or has
 *   another body than that command
 */
export function createRegistry(members: Iterable<Command>, known: FieldTypes = {}): Registry {
  const byId = new Map<number, Command>();
  const byName = new Map<string, Command>();
  for (const command of members) {
    const same = byId.get(command.id) ?? byName.get(command.name);
    if (same) throw new TypeError(`${label(command)} has the id or the name of ${label(same)}`);
    byId.set(command.id, command);
    byName.set(command.name, command);
  }
  for (const command of byId.values()) checkAnswer(command, byId);
  return Object.freeze({
    commands: Object.freeze([...byId.values()]),
    fieldTypes: known,
    byId: (id: number) => byId.get(id),
    byName: (name: string) => byName.get(name),
  });
}

function checkAnswer(command: Command, byId: ReadonlyMap<number, Command>): void {
  const { replyId, replyBody } = command;
  const due = replyId === undefined ? undefined : byId.get(replyId);
  if (replyId !== undefined && !due) {
    throw new TypeError(`${label(command)} is answered by ${formatCommandId(replyId)}, which is not a command`);
  }
  if (due?.body.typeName === replyBody?.typeName) return;
  const says = replyBody ? `a ${replyBody.typeName}` : "no body";
  const has = due ? `${label(due)} has a ${due.body.typeName}` : "it has no answer";
  throw new TypeError(`${label(command)} names ${says} for its answer, but ${has}`);
}

function label({ id, name }: Command): string {
  return `${name} (${formatCommandId(id)})`;
}

/** The registry of CIM. */
export const cimRegistry: Registry = createRegistry(Object.values(commands) as Command[], fieldTypes);
