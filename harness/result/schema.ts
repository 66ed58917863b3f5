import type { ErrorObject, ValidateFunction } from "ajv";
import schema from "./result.schema.json" with { type: "json" };

/** The published JSON Schema (draft 2020-12) of the current result format. */
export const resultSchema: Record<string, unknown> = schema;

let compiled: Promise<ValidateFunction> | undefined;

/** Says what is wrong with a result in one line, or undefined when it matches the published schema. */
export async function validateResult(result: unknown): Promise<string | undefined> {
  compiled ??= compile();
  const validate = await compiled;
  if (validate(result)) return undefined;
  return describe(validate.errors ?? []);
}

// Loaded late: most commands never touch a result, and the validator takes longer to load than they take to run.
async function compile(): Promise<ValidateFunction> {
  const [{ Ajv2020 }, { default: addFormats }] = await Promise.all([import("ajv/dist/2020.js"), import("ajv-formats")]);
  const ajv = new Ajv2020({ allErrors: true, discriminator: true, strict: true, allowUnionTypes: true });
  addFormats.default(ajv);
  return ajv.compile(resultSchema);
}

function describe(errors: ErrorObject[]): string {
  // The first few are enough to find the fault; a wrong kind would otherwise bring hundreds.
  const shown = errors.slice(0, 3).map((error) => `${error.instancePath || "/"} ${error.message ?? error.keyword}`);
  const more = errors.length - shown.length;
  return shown.join("; ") + (more > 0 ? `; and ${more} more` : "");
}
