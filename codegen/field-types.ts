/** Fields by message that are no plain values: an enum as its names and numbers, a message as its full name. */
export type FieldTypes = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, number>> | string>>>>;

const names = new WeakMap<Readonly<Record<string, number>>, ReadonlyMap<number, string>>();

/** An enum's names by number; where two names share a number, the first one. */
function namesOf(values: Readonly<Record<string, number>>): ReadonlyMap<number, string> {
  let known = names.get(values);
  if (!known) {
    known = new Map(
      Object.entries(values)
        .map(([name, number]): [number, string] => [number, name])
        .reverse(),
    );
    names.set(values, known);
  }
  return known;
}

/**
 * The full name of the message in a field, e.g. `CIM.Def.CIMUserInfo`.
 * @param typeName full name of the message that has the field; undefined when it is not known
 */
export function messageTypeOf(types: FieldTypes, typeName: string | undefined, field: string): string | undefined {
  const type = typeName === undefined ? undefined : types[typeName]?.[field];
  return typeof type === "string" ? type : undefined;
}

/**
 * A number of an enum as people read it, e.g. `kCIM_MSG_TYPE_TEXT (1)`; undefined when the field is none of an enum or
 * the enum has no such number.
 */
export function enumLabel(
  types: FieldTypes,
  typeName: string | undefined,
  field: string,
  value: number,
): string | undefined {
  const type = typeName === undefined ? undefined : types[typeName]?.[field];
  if (type === undefined || typeof type === "string") return undefined;
  const name = namesOf(type).get(value);
  return name === undefined ? undefined : `${name} (${value})`;
}
