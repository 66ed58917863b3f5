import type { Checked } from "./row.ts";

/** What `--target container` starts. */
export const containerRows = {
  image: {
    type: "string",
    describe: "for --target container: image of the server",
    otherwise: "built from this checkout",
  },
  compose: { type: "string", describe: "for --target container: compose file of your own stack, with --service" },
  service: { type: "string", describe: "the service of --compose to connect to" },
} as const;
export type ContainerRows = Checked<typeof containerRows>;
