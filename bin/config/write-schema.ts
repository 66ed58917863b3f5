// Writes config.schema.json from the rows of the options: `npm run schema`. With --check it writes nothing and fails
// when the file is not what the rows say.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeSchema } from "./schema.ts";

/** The only option there is. */
const CHECK = "--check";
const [option] = process.argv.slice(2);
if (option !== undefined && option !== CHECK) {
  process.stderr.write(`Unknown option '${option}'; there is ${CHECK}\n`);
  process.exit(2);
}

const file = join(import.meta.dirname, "config.schema.json");
const text = `${JSON.stringify(makeSchema(), undefined, 2)}\n`;

if (option !== CHECK) writeFileSync(file, text);
else if (readFileSync(file, "utf8") !== text) {
  process.stderr.write("bin/config/config.schema.json is not what bin/options says: run `npm run schema`\n");
  process.exitCode = 1;
}
