// Makes one slice of a load in a container: `node run-slice.js load chat --target … --seed 7`.
//
// SLICES       how many there are
// START_AT     when all of them begin, as --start-at takes it
// RESULTS      the folder that all of them write into; default /data
// JOB_COMPLETION_INDEX  which one this is, from 0, as an Indexed Job of Kubernetes says; else the first that nobody has taken
//
// Ends with 0 when the slice has left its result, whatever it found: the whole is judged by merge-slices.js.
import { mkdirSync } from "node:fs";
import { cupping, folderOf, refuse, surroundings } from "./children.js";

const { slices, results } = surroundings();
const { START_AT, JOB_COMPLETION_INDEX } = process.env;
const index = JOB_COMPLETION_INDEX === undefined ? take() : Number(JOB_COMPLETION_INDEX) + 1;
const begin = START_AT === undefined ? [] : ["--start-at", START_AT];
const code = await cupping([
  ...process.argv.slice(2),
  "--slice",
  `${index}/${slices}`,
  ...begin,
  "--out",
  folderOf(results, index),
]);
// Passed, failed and not valid are verdicts on a part.
process.exit([0, 1, 5].includes(code) ? 0 : code);

/** Takes the first slice that is free: of several that make a folder, the system lets one alone succeed. */
function take() {
  for (let candidate = 1; candidate <= slices; candidate++) {
    try {
      mkdirSync(folderOf(results, candidate));
      return candidate;
    } catch (error) {
      if (error.code !== "EEXIST") refuse(`no slice can be taken in ${results}: ${error.message}`);
    }
  }
  return refuse(`all ${slices} slices in ${results} are taken: empty the folder before the next load`);
}
