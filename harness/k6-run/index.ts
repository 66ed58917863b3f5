// Running k6 from Node: finding it, giving it a script, reading its result back, merging the results of several.

export { bundleForK6 } from "./bundle.ts";
export { findK6, type K6Binary, TESTED_K6_VERSION } from "./find-k6.ts";
export { mergeInstances, NOT_MERGEABLE } from "./merge-instances.ts";
export { readInstances } from "./read-instances.ts";
export { type K6Run, runK6 } from "./run-k6.ts";
export { K6Samples, SAMPLES_FILE } from "./samples.ts";
export { prepareScript } from "./script.ts";
