import type { NumberLimits } from "../../harness/number-limits.ts";
import { accountRows } from "../options/accounts.ts";
import { compareOptions } from "../options/compare.ts";
import { toleranceRows } from "../options/comparison.ts";
import { conformanceOptions } from "../options/conformance.ts";
import { faultOptions } from "../options/faults.ts";
import { frontRows } from "../options/front.ts";
import { gateOptions, gateRows } from "../options/gate.ts";
import { nameInFile, rowsWhere } from "../options/in-file.ts";
import { k6Options } from "../options/k6.ts";
import { loadOptions } from "../options/load.ts";
import { reportRows } from "../options/output.ts";
import { reportOptions } from "../options/report.ts";
import type { Row, Rows } from "../options/row.ts";
import { labelRows, seedRows } from "../options/run.ts";
import { serveOptions } from "../options/serve.ts";
import { targetRows } from "../options/target.ts";
import { tlsRows } from "../options/tls.ts";

type Schema = Record<string, unknown>;

/** The JSON Schema of the configuration, made from the rows of the options. */
export function makeSchema(): Schema {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: "urn:cupping:config:1",
    title: "Cupping configuration",
    description: "Contents of cupping.config.ts, .js or .json. Options on the command line take precedence.",
    ...object({
      $schema: { type: "string", description: "for editors" },
      ...properties(
        rowsWhere(
          { ...targetRows, ...tlsRows, ...frontRows, ...accountRows, ...labelRows, ...seedRows },
          ({ top }) => top === true,
        ),
      ),
      conformance: {
        ...section("conformance", conformanceOptions.rows, "; cupping gate runs it unless this is false"),
        type: ["object", "boolean"],
      },
      load: openTo(properties(loadOptions.rows), { description: "options of every load" }),
      loads: {
        description: "the loads that cupping gate runs, in this order, each under a name of your choice",
        type: "object",
        propertyNames: { pattern: "^[A-Za-z0-9][\\w.-]*$" },
        additionalProperties: gateLoad(),
      },
      gate: section("gate", gateOptions.rows),
      baseline: property(gateRows.baseline),
      tolerance: property(toleranceRows.tolerance),
      report: {
        ...section("report", reportOptions.rows),
        ...property(reportRows.report),
        type: ["string", "array", "object"],
        description: "report formats of every command, or an object with these and the other options of cupping report",
      },
      compare: section("compare", compareOptions.rows),
      k6: section("k6", k6Options.rows),
      faults: section("faults", faultOptions.rows),
      serve: section("serve", serveOptions.rows),
    }),
    $defs: {
      thresholds: {
        type: "object",
        additionalProperties: { type: "array", items: { $ref: "#/$defs/threshold" } },
      },
      threshold: {
        type: ["string", "object"],
        required: ["threshold"],
        additionalProperties: false,
        properties: {
          threshold: { type: "string", description: "e.g. p(99)<200" },
          abortOnFail: { type: "boolean", description: "end the run as soon as it is crossed" },
          delayAbortEval: {
            type: "string",
            description: "do not judge until this much of the measured phase has passed, e.g. 10s",
          },
        },
      },
      scenarioOption: { description: "an option of the scenario", type: ["string", "number", "boolean"] },
    },
  };
}

function object(known: Schema): Schema {
  return { type: "object", additionalProperties: false, properties: known };
}

function section(command: string, rows: Rows, more: string = ""): Schema {
  return { description: `options of cupping ${command}${more}`, ...object(properties(rows)) };
}

/** An object that may hold options of a scenario, too: which there are depends on the scenario. */
function openTo(known: Schema, more: Schema): Schema {
  return { ...more, type: "object", properties: known, additionalProperties: { $ref: "#/$defs/scenarioOption" } };
}

function gateLoad(): Schema {
  const own = {
    scenario: { type: "string", description: "a built-in scenario, or a file of your own" },
    repeat: {
      type: "integer",
      description: "how many times to run it; with 3 or more, a comparison knows the variation between runs",
      minimum: 1,
    },
    tolerance: property(toleranceRows.tolerance),
  };
  const ofLoad = properties(rowsWhere(loadOptions.rows, ({ ofGate }) => ofGate !== true));
  return openTo({ ...ofLoad, ...own }, { required: ["scenario"] });
}

function properties(rows: Rows): Schema {
  return Object.fromEntries(
    Object.entries(rows).flatMap(([option, row]) => {
      const name = nameInFile(option, row);
      return name === undefined ? [] : [[name, property(row)]];
    }),
  );
}

function property(row: Row): Schema {
  const limited: NumberLimits & { readonly pattern?: string } = "limits" in row && row.limits ? row.limits : {};
  const { integer, ...limits } = limited;
  const otherwise = row.otherwise === undefined ? "" : ` [default: ${row.otherwise}]`;
  return {
    ...shape(row),
    ...(integer && { type: "integer" }),
    description: `${row.describe}${otherwise}`,
    ...limits,
    ...(row.default !== undefined && row.inFile === undefined && { default: row.default }),
  };
}

function shape(row: Row): Schema {
  if (row.inFile === "thresholds") return { $ref: "#/$defs/thresholds" };
  if (row.inFile === "text-or-number") return { type: ["string", "number"] };
  if (row.inFile === "one-or-more") return { type: ["string", "array"], items: { type: "string" } };
  if (row.type === "choice") return { enum: row.choices };
  if (row.type === "list") return { type: "array", items: row.choices ? { enum: row.choices } : { type: "string" } };
  return { type: row.type };
}
