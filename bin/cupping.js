#!/usr/bin/env node
// Runs the command line: from TypeScript in a checkout, from compiled JavaScript in the published package.
import { existsSync } from "node:fs";

const major = Number(process.versions.node.split(".")[0]);
if (major < 24) {
  process.stderr.write(
    `cupping needs Node 24 or later, and this is Node ${process.versions.node} (${process.execPath}).\n`,
  );
  process.exit(2);
}
const source = new URL("./main.ts", import.meta.url);
await import(existsSync(source) ? source.href : new URL("../dist/bin/main.js", import.meta.url).href);
