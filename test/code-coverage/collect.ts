// Loaded before each test file that is measured: counts what the file's own process executes, and lets Node count in
// every process that its tests start.
import { randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import { Session } from "node:inspector";
import { join } from "node:path";
import { afterAll } from "vitest";
import type { ScriptCoverage } from "./counts.ts";
import { isMeasured, RAW_FOLDER } from "./scope.ts";

const session = new Session();
session.connect();
session.post("Profiler.enable");
session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
process.env["NODE_V8_COVERAGE"] = RAW_FOLDER;

// Hooks run in reverse: this one is the last.
afterAll(() => {
  session.post("Profiler.takePreciseCoverage", (error, taken) => {
    if (error) throw error;
    const result: ScriptCoverage[] = taken.result.filter(({ url }) => isMeasured(url));
    writeFileSync(join(RAW_FOLDER, `worker-${randomUUID()}.json`), JSON.stringify({ result }));
  });
  session.disconnect();
});
