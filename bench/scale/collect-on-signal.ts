// Loaded into each process of a scale run: SIGUSR2 makes it collect its garbage at once and wholly.
import { collectGarbage } from "../../harness/measure/collect-garbage.ts";

process.on("SIGUSR2", collectGarbage);
