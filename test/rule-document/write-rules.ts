// Writes the tables of docs/protocol/behaviour.md and those of capabilities and limits in docs/conformance.md from scenarios/rules,
// and records which rules the rule set's version stands for. With --check it writes nothing and fails when either is not current.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { capabilities, limits, RULE_SET_VERSION, rules, sections } from "../../scenarios/rules/index.ts";
import { scriptOptions } from "../scripts/options.ts";
import { writeCapabilities } from "./capabilities.ts";
import { writeTables } from "./document.ts";
import { changesSince, type RuleRecord, recordOf } from "./record.ts";

const { check } = scriptOptions({ check: { type: "switch" } });

const root = join(import.meta.dirname, "../..");
const DOCUMENT = "docs/protocol/behaviour.md";
const SUITE = "docs/conformance.md";
const RECORD = "scenarios/rules/recorded.json";

const read = (path: string): string => readFileSync(join(root, path), "utf8");

const documents = new Map([
  [DOCUMENT, writeTables(read(DOCUMENT), sections)],
  [SUITE, writeCapabilities(read(SUITE), capabilities, limits)],
]);
const recorded = JSON.parse(read(RECORD)) as RuleRecord;
const now = recordOf(RULE_SET_VERSION, rules);
const changes = changesSince(recorded, now);
const record = `${JSON.stringify(now, undefined, 2)}\n`;

const faults: string[] = [];
if (changes.length > 0 && now.version === recorded.version) {
  const which = changes.length > 5 ? `${changes.length} rules differ` : changes.join(", ");
  faults.push(`since rule set ${recorded.version} ${which}: raise RULE_SET_VERSION in scenarios/rules/version.ts`);
}
if (check) {
  for (const [path, text] of documents) {
    if (text !== read(path)) faults.push(`${path} is older than scenarios/rules: write it with npm run rules`);
  }
  if (record !== read(RECORD)) faults.push(`${RECORD} is older than scenarios/rules: write it with npm run rules`);
} else {
  for (const [path, text] of documents) writeFileSync(join(root, path), text);
  if (faults.length === 0) writeFileSync(join(root, RECORD), record);
}
for (const fault of faults) process.stderr.write(`${fault}\n`);
process.exitCode = faults.length > 0 ? 1 : 0;
