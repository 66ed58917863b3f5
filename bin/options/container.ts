import type { Checked } from "./row.ts";

/** What `--target container` starts. */
export const containerRows = {
  image: {
    type: "string",
    describe: "for --target container: the server's image",
    otherwise: "built from this checkout",
  },
  compose: { type: "string", describe: "for --target container: your own stack's compose file; needs --service" },
  service: { type: "string", describe: "the service in the --compose file to connect to" },
} as const;
export type ContainerRows = Checked<typeof containerRows>;
