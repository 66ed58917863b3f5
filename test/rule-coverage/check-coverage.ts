// Fails when a rule has neither a case nor a reason, or when docs/coverage.json is older than cases and mutants.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { conformanceCases } from "../../scenarios/conformance/index.ts";
import { rules } from "../../scenarios/rules/index.ts";
import { mutants } from "../../server-ref/mutants/index.ts";
import { type Coverage, faultsOf } from "./coverage.ts";

const file = join(import.meta.dirname, "../../docs/coverage.json");
const coverage = JSON.parse(readFileSync(file, "utf8")) as Coverage;
const faults = faultsOf(coverage, rules, conformanceCases, mutants);
for (const fault of faults) process.stderr.write(`${fault}\n`);
if (faults.length > 0) process.stderr.write("write the coverage file anew with: npm run coverage\n");
process.exitCode = faults.length > 0 ? 1 : 0;
