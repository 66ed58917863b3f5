import { join } from "node:path";
import { peersFolder } from "./build.ts";
import { frameAround } from "./frame-around.ts";
import { messageName, type Peer } from "./peer.ts";

interface StockFunctions {
  fromPartial(message: object): object;
  encode(message: object): { finish(): Uint8Array };
  decode(body: Uint8Array): object;
}

/** ts-proto as it comes. */
export async function tsProto(): Promise<Peer> {
  const load = (file: string): Promise<Record<string, StockFunctions>> =>
    import(join(peersFolder, "ts-proto", `${file}.js`));
  const modules = await Promise.all(["CIM.Login", "CIM.Message", "CIM.List"].map(load));
  const all: Record<string, StockFunctions> = Object.assign({}, ...modules);
  return {
    name: "ts-proto",
    prepare(fixture) {
      const functions = all[messageName(fixture)] as StockFunctions;
      const message = functions.fromPartial(fixture.message);
      return {
        encode: () => frameAround(fixture.command, functions.encode(message).finish()),
        decode: (body) => functions.decode(body),
      };
    },
  };
}
