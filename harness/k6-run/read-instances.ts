import { existsSync } from "node:fs";
import { stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { CuppingError } from "../errors.ts";
import { type LoadResult, readResult } from "../result/index.ts";
import { mergeInstances } from "./merge-instances.ts";
import { K6Samples, SAMPLES_FILE } from "./samples.ts";

/** How the result of an instance is called where several share a folder; its samples have the same beginning. */
const SHARED_NAME = /\.?result\.json$/;

/**
 * Reads the results of several k6 instances of one run and makes one of them. Samples that lie beside a result
 * (`samples.json.gz` beside `result.json`, `pod.samples.json.gz` beside `pod.result.json`) give it histograms, without which percentiles cannot be merged.
 * @param paths result files, or folders with a `result.json`
 * @throws CuppingError `usage` when one cannot be read or they do not belong together
 */
export async function readInstances(paths: readonly string[]): Promise<LoadResult> {
  const together = new K6Samples();
  let withSamples = 0;
  const parts: LoadResult[] = [];
  for (const path of paths) {
    const result = await readResult(path);
    if (result.kind !== "load")
      throw new CuppingError("usage", `${path} is a ${result.kind} result: only loads can be merged`);
    const samples = await samplesBeside(path);
    if (samples === undefined) {
      parts.push(result);
      continue;
    }
    const own = new K6Samples();
    await own.addFile(samples);
    await together.addFile(samples);
    withSamples += 1;
    parts.push(own.enrich(result));
  }
  const merged = mergeInstances(parts);
  // With the samples of all, also the course over time can be told exactly.
  return withSamples === paths.length ? { ...merged, series: together.enrich(merged).series } : merged;
}

async function samplesBeside(path: string): Promise<string | undefined> {
  const isFolder = (await stat(path)).isDirectory();
  const beginning = basename(path).replace(SHARED_NAME, "");
  const name = isFolder || beginning === "" ? SAMPLES_FILE : `${beginning}.${SAMPLES_FILE}`;
  const file = join(isFolder ? path : dirname(path), name);
  return existsSync(file) ? file : undefined;
}
