import type { ThresholdOption } from "./common-types.ts";
import type { ConformanceOptions, CuppingConfig, GateLoad, LoadOptions } from "./types.ts";

/** Keys of a gate's load that are no options of `cupping load`, and those that the gate decides itself. */
const ofTheGate = new Set(["scenario", "repeat", "tolerance", "thresholds", "findMax"]);
const output = new Set(["out", "report", "json", "quiet"]);

/** Options that all commands share stand at the top; what a section says wins. */
const common = ["target", "http", "users", "userTemplate", "userPassword", "iOwnThisTarget", "label", "seed"] as const;

/** The command line of `cupping conformance` that a configuration stands for, without the command's name. */
export function conformanceWords(config: CuppingConfig): string[] {
  const section: ConformanceOptions = typeof config.conformance === "object" ? config.conformance : {};
  return optionWords(withoutOutput({ ...commonOptions(config), ...section }));
}

/** The command line of `cupping load` for one of the gate's loads, without the command's name. */
export function loadWords(config: CuppingConfig, load: GateLoad): string[] {
  const options: LoadOptions = { ...commonOptions(config), ...config.load, ...load };
  const plain = Object.fromEntries(Object.entries(withoutOutput(options)).filter(([name]) => !ofTheGate.has(name)));
  const thresholds = { ...config.load?.thresholds, ...load.thresholds };
  return [load.scenario, ...optionWords(plain), ...thresholdTexts(thresholds).flatMap((text) => ["--threshold", text])];
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
  return Object.fromEntries(common.map((name) => [name, config[name]]).filter(([, value]) => value !== undefined));
}

/** The report formats that a configuration asks of every command, with commas between. */
export function reportFormats({ report }: CuppingConfig): string | undefined {
  const formats = typeof report === "object" && !Array.isArray(report) ? report.report : report;
  return formats === undefined ? undefined : [formats].flat().join(",");
}

function withoutOutput(options: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(options).filter(([name]) => !output.has(name)));
}

function optionWords(options: Record<string, unknown>): string[] {
  return Object.entries(options).flatMap(([name, value]): string[] => {
    const option = `--${kebab(name)}`;
    if (value === undefined) return [];
    if (value === true) return [option];
    if (value === false) return [`--no-${kebab(name)}`];
    if (Array.isArray(value)) return value.flatMap((entry) => [option, String(entry)]);
    return [option, String(value)];
  });
}

function kebab(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
