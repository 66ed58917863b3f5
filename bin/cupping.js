#!/usr/bin/env node
// Runs the command line: from TypeScript in a checkout, from compiled JavaScript in the published package.
import { existsSync } from "node:fs";
import module from "node:module";
import { fileURLToPath } from "node:url";

// From the first moment on an interrupt is told. Who has something to end in order listens beside this, and sees to it.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => {
    if (process.listenerCount(signal) > 1) return;
    process.stderr.write("cupping: interrupted\n");
    process.exit(130);
  });
}

const major = Number(process.versions.node.split(".")[0]);
if (major < 24) {
  process.stderr.write(
    `cupping needs Node 24 or later, and this is Node ${process.versions.node} (${process.execPath}).\n`,
  );
  process.exit(2);
}
const source = new URL("./main.ts", import.meta.url);
const isCheckout = existsSync(source);
// Stripping types costs each start more than half a second of a processor; coverage would be counted less exactly.
if (isCheckout && process.env.NODE_V8_COVERAGE === undefined) {
  module.enableCompileCache(fileURLToPath(new URL("../node_modules/.cache/cupping", import.meta.url)));
}
await import(isCheckout ? source.href : new URL("../dist/bin/main.js", import.meta.url).href);
