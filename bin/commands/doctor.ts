import type { CommandModule } from "yargs";
import { type DoctorArguments, doctorOptions } from "../options/doctor.ts";
import { withOptions } from "../options/yargs-options.ts";

export const command: CommandModule = {
  command: "doctor",
  describe: "says what a target is, who can log in, and which capabilities it seems to have",
  builder: (yargs) =>
    withOptions(yargs, doctorOptions.rows)
      .example("$0 doctor --target tcp://127.0.0.1:8000 --http http://127.0.0.1:18080", "for half a server")
      .example("$0 doctor --target tcp://127.0.0.1:8000 --users users.csv", "without its HTTP API"),
  handler: async (args) => {
    const { runDoctor } = await import("../doctor/run.ts");
    process.exitCode = await runDoctor(args as unknown as DoctorArguments);
  },
};
