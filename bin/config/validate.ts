import type { ErrorObject } from "ajv";
import { nearest } from "../nearest.ts";
import schema from "./config.schema.json" with { type: "json" };

/** The JSON Schema of the configuration, for editors and for us. */
export const configSchema: Record<string, unknown> = schema;

/** Says in one sentence what is wrong with a configuration, or undefined when nothing is. */
export async function configProblem(config: unknown): Promise<string | undefined> {
  const { Ajv2020 } = await import("ajv/dist/2020.js");
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, verbose: true });
  const validate = ajv.compile(configSchema);
  if (validate(config)) return undefined;
  const errors = validate.errors ?? [];
  // Of the branches of a union each reports why it did not fit; the deepest place is the one that was meant.
  const [told] = errors.toSorted((a, b) => b.instancePath.length - a.instancePath.length);
  return told === undefined ? "it is not a configuration" : explain(told);
}

function explain({ instancePath, keyword, params, message, parentSchema }: ErrorObject): string {
  const place = instancePath === "" ? "the configuration" : instancePath.slice(1).replaceAll("/", ".");
  if (keyword === "additionalProperties") {
    const name = String(params["additionalProperty"]);
    const known = Object.keys((parentSchema as { properties?: object })?.properties ?? {});
    const meant = nearest(name, known);
    return `${place} knows no "${name}"${meant === undefined ? `: it knows ${known.join(", ")}` : `; did you mean "${meant}"?`}`;
  }
  if (keyword === "enum") return `${place} must be one of ${(params["allowedValues"] as unknown[]).join(", ")}`;
  if (keyword === "required") return `${place} needs "${params["missingProperty"]}"`;
  return `${place} ${message}`;
}
