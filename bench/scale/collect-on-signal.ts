// Loaded into each process of a scale run: SIGUSR2 makes it collect its garbage at once and wholly, so that what is
// resident afterwards is what it needs.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

process.on("SIGUSR2", () => {
  // The second pass gives back the pages that the first one emptied.
  collect();
  collect();
});
