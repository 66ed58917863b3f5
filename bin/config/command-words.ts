import { accountRows } from "../options/accounts.ts";
import { conformanceOptions } from "../options/conformance.ts";
import { frontRows } from "../options/front.ts";
import { rowsWhere, type ThresholdOption } from "../options/in-file.ts";
import { loadOptions } from "../options/load.ts";
import type { Rows } from "../options/row.ts";
import { labelRows, seedRows } from "../options/run.ts";
import { targetRows } from "../options/target.ts";
import { tlsRows } from "../options/tls.ts";
import { optionWords } from "../options/words.ts";
import type { ConformanceOptions, CuppingConfig, GateLoad, LoadOptions } from "./types.ts";

/** Keys of a gate's load that are no options of `cupping load`, and those with a form of their own. */
const notOptions = new Set(["scenario", "repeat", "tolerance", "thresholds"]);

/** Options that all commands share stand at the top; what a section says wins. */
const topRows = rowsWhere(
  { ...targetRows, ...tlsRows, ...frontRows, ...accountRows, ...labelRows, ...seedRows },
  ({ top }) => top === true,
);

/** The command line of `cupping conformance` that a configuration stands for, without the command's name. */
export function conformanceWords(config: CuppingConfig): string[] {
  const section: ConformanceOptions = typeof config.conformance === "object" ? config.conformance : {};
  return words({ ...commonOptions(config), ...section }, conformanceOptions.rows);
}

/** The command line of `cupping load` for one of the gate's loads, without the command's name. */
export function loadWords(config: CuppingConfig, load: GateLoad): string[] {
  const options: LoadOptions = { ...commonOptions(config), ...config.load, ...load };
  const plain = Object.fromEntries(Object.entries(options).filter(([name]) => !notOptions.has(name)));
  const thresholds = { ...config.load?.thresholds, ...load.thresholds };
  return [load.scenario, ...words({ ...plain, threshold: thresholdTexts(thresholds) }, loadOptions.rows)];
}

/** What is given, without what the gate decides; a scenario's own options have no rows. */
function words(options: Readonly<Record<string, unknown>>, rows: Rows): string[] {
  return Object.entries(options)
    .filter(([name]) => rows[name]?.ofGate !== true)
    .flatMap(([name, value]) => optionWords(name, value));
}

/** Thresholds in the k6 style as the command line takes them: `msg_e2e: p(99)<200 abortOnFail`. */
export function thresholdTexts(thresholds: Record<string, ThresholdOption[]>): string[] {
  return Object.entries(thresholds).flatMap(([metric, list]) =>
    list.map((option) => {
      if (typeof option === "string") return `${metric}: ${option}`;
      const { threshold, abortOnFail, delayAbortEval } = option;
      return [
        `${metric}: ${threshold}`,
        ...(abortOnFail === true ? ["abortOnFail"] : []),
        ...(delayAbortEval === undefined ? [] : [`delayAbortEval=${delayAbortEval}`]),
      ].join(" ");
    }),
  );
}

/** The options at the top of a configuration that are set. */
export function commonOptions(config: CuppingConfig): Record<string, unknown> {
  const given: Readonly<Record<string, unknown>> = { ...config };
  return Object.fromEntries(
    Object.keys(topRows)
      .filter((name) => given[name] !== undefined)
      .map((name) => [name, given[name]]),
  );
}

/** The report formats that a configuration asks of every command, with commas between. */
export function reportFormats({ report }: CuppingConfig): string | undefined {
  const formats = typeof report === "object" && !Array.isArray(report) ? report.report : report;
  return formats === undefined ? undefined : [formats].flat().join(",");
}
