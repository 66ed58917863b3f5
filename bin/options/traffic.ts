import type { Checked } from "./row.ts";

/** How much is asked of a target, and how long: for load on the messenger and on the HTTP API. */
export const trafficRows = {
  rate: {
    type: "string",
    describe: "arrivals per second, regardless of how the target responds (open model), e.g. 1000/s",
    inFile: "text-or-number",
  },
  ramp: { type: "string", describe: "time over which clients connect and log in, e.g. 30s" },
  duration: { type: "string", describe: "length of the measured phase, e.g. 2m" },
} as const;
export type TrafficRows = Checked<typeof trafficRows>;
