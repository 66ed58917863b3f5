// Waits for the results of all slices, and makes one of them: `node merge-slices.js --report html,junit`.
//
// SLICES        how many there are
// RESULTS       the folder that all of them write into; default /data. The whole goes into its folder `whole`.
// WAIT_SECONDS  how long to wait; default 3600. Slices that have left nothing by then are missing.
//
// Ends with the exit code of the whole load.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { cupping, folderOf, refuse, surroundings } from "./children.js";

const { slices, results } = surroundings();
const wait = Number(process.env.WAIT_SECONDS ?? 3600);
if (!(wait >= 0)) refuse(`WAIT_SECONDS must be a number of seconds, but is "${process.env.WAIT_SECONDS}"`);
const folders = Array.from({ length: slices }, (_, at) => folderOf(results, at + 1));
const isThere = (folder) => existsSync(join(folder, "result.json"));
const until = performance.now() + wait * 1000;
while (!folders.every(isThere) && performance.now() < until) await setTimeout(500);
const there = folders.filter(isThere);
if (there.length === 0) refuse(`no slice has left a result in ${results} within ${wait} s`);
process.exit(await cupping(["merge", ...there, "--out", join(results, "whole"), ...process.argv.slice(2)]));
