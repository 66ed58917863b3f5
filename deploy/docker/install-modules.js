// Runs while the image is built, in a base that may have no shell: fetches the dependencies with the base's npm, unless
// they were copied in.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

if (!existsSync("node_modules")) {
  const npm = join(dirname(dirname(process.execPath)), "lib", "node_modules", "npm", "bin", "npm-cli.js");
  const options = ["ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund"];
  execFileSync(process.execPath, [npm, ...options], { stdio: "inherit" });
}
