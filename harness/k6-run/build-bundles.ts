/**
 * Writes the bundles of the package into `dist/k6/`: `index.js`, which users import into scripts of their own, and one
 * file for each scenario. Part of the package's build.
 */
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundleForK6 } from "./bundle.ts";

const root = join(import.meta.dirname, "..", "..");
const out = join(root, "dist", "k6");
const scenarios = join(root, "scenarios", "k6");

mkdirSync(out, { recursive: true });
writeFileSync(join(out, "index.js"), await bundleForK6(join(root, "harness", "k6", "index.ts")));
for (const name of readdirSync(scenarios)) {
  // The list of the scenarios is for Node.
  if (!name.endsWith(".ts") || name === "index.ts") continue;
  writeFileSync(join(out, name.replace(/\.ts$/, ".js")), await bundleForK6(join(scenarios, name)));
}
