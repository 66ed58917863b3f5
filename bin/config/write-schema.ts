// Writes config.schema.json from the rows of the options: `npm run schema`. With --check it writes nothing and fails
// when the file is not what the rows say.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { scriptOptions } from "../../test/scripts/options.ts";
import { makeSchema } from "./schema.ts";

const { check } = scriptOptions({ check: { type: "switch" } });

const file = join(import.meta.dirname, "config.schema.json");
const text = `${JSON.stringify(makeSchema(), undefined, 2)}\n`;

if (!check) writeFileSync(file, text);
else if (readFileSync(file, "utf8") !== text) {
  process.stderr.write("bin/config/config.schema.json is not what bin/options says: run `npm run schema`\n");
  process.exitCode = 1;
}
