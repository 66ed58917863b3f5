import { encodeRawFrame } from "../../../codegen/index.ts";
import type { Mutant } from "../mutant.ts";

/** CONN-01: sends its name and version as soon as a client connects. */
export const bannerOnConnect: Mutant = {
  name: "banner-on-connect",
  breaks: ["CONN-01"],
  companions: [
    { rule: "CONN-15", reason: "the banner is a packet before login" },
    { rule: "CONN-19", reason: "the banner is a packet that cannot be decoded" },
  ],
  title: "sends its name and version as soon as a client connects",
  story: "Text protocols greet their clients, and the operators liked to see the version with telnet.",
  apply(seams) {
    const { greet } = seams.gate;
    const banner = encodeRawFrame({ command_id: 0x0f01, seq_num: 1 }, Buffer.from("CIM 1.0 ready"));
    seams.gate.greet = (connection) => [banner, ...greet(connection)];
  },
};
