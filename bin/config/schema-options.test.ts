import { expect, it } from "vitest";
import yargs, { type CommandModule } from "yargs";
import { conformanceOptions } from "../options/conformance.ts";
import { faultOptions } from "../options/faults.ts";
import { loadOptions } from "../options/load.ts";
import type { Rows } from "../options/row.ts";
import { makeSchema } from "./schema.ts";
import { configSchema } from "./validate.ts";

// What a configuration may say and what the commands understand follow from the same rows: none may know more.

interface Property {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  items?: { enum?: unknown[] };
  description?: string;
  properties?: Record<string, Property>;
}

const { properties, $defs } = configSchema as unknown as Record<"properties" | "$defs", Record<string, Property>>;
const resolved = (property: Property): Property =>
  property.$ref === undefined ? property : { ...$defs[property.$ref.replace("#/$defs/", "")], ...property };

interface YargsOptions {
  key: Record<string, unknown>;
  boolean: string[];
  number: string[];
  array: string[];
  choices: Record<string, unknown[]>;
}

function perCallOf(rows: Rows): string[] {
  return Object.keys(rows).filter((name) => rows[name]?.perCall === true);
}

/** Each command's options that make no sense in a file: what is worked on, or what only one call wants. */
const perCall: Record<string, string[]> = {
  load: ["scenario", ...perCallOf(loadOptions.rows)],
  k6: ["scenario"],
  report: ["results"],
  compare: ["base", "new"],
  conformance: perCallOf(conformanceOptions.rows),
  faults: perCallOf(faultOptions.rows),
  // These stand at the top of the file, and the gate reads them there.
  gate: ["config", "target", "http", "label", "seed", "baseline", "updateBaseline", "report"],
};

const camel = (name: string): string => name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

async function optionsOf(name: string): Promise<YargsOptions> {
  const { command } = (await import(`../commands/${name}.ts`)) as { command: CommandModule };
  const { builder } = command;
  if (typeof builder !== "function") throw new Error(`${name} has no builder`);
  const built = await builder(yargs([]));
  return (built as unknown as { getOptions(): YargsOptions }).getOptions();
}

it("the published schema is what the rows say; `npm run schema` writes it", () => {
  expect(configSchema).toEqual(makeSchema());
});

const sections = ["conformance", "load", "k6", "faults", "report", "compare", "gate", "serve"];

it.each(sections)("the section %s has every option of its command, and no other", async (name) => {
  const options = await optionsOf(name);
  // The scenario's own options are any: they depend on the scenario, which the schema cannot know.
  const ofScenario = ["chat", "group", "read", "sessions", "history"];
  const names = Object.keys(options.key)
    .map(camel)
    .filter(
      (option) =>
        !["help", "version", "dryRun", ...(perCall[name] ?? []), ...(name === "load" ? ofScenario : [])].includes(
          option,
        ),
    )
    .map((option) => (option === "threshold" ? "thresholds" : option));
  expect(Object.keys(properties[name]?.properties ?? {}).sort()).toEqual(names.sort());
});

it.each(sections)("the section %s has the types and choices of its command's options", async (name) => {
  const options = await optionsOf(name);
  const kebabs = new Map(Object.keys(options.key).map((option) => [camel(option), option]));
  for (const [option, property] of Object.entries(properties[name]?.properties ?? {})) {
    const given = kebabs.get(option) ?? option;
    const { type, enum: choices, items, description } = resolved(property);
    const told = { option, boolean: [type].flat().includes("boolean"), choices: choices ?? items?.enum };
    expect(told).toEqual({ option, boolean: options.boolean.includes(given), choices: options.choices[given] });
    if (type === "number" || type === "integer")
      expect({ option, of: options.number }).toEqual({ option, of: expect.arrayContaining([given]) });
    if (type === "array")
      expect({ option, of: options.array }).toEqual({ option, of: expect.arrayContaining([given]) });
    expect(description, option).toBeTruthy();
  }
});
