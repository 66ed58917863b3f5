import { join } from "node:path";
import { create, type DescMessage, fromBinary, toBinary } from "@bufbuild/protobuf";
import { peersFolder } from "./build.ts";
import { frameAround } from "./frame-around.ts";
import { messageName, type Peer } from "./peer.ts";

/** protobuf-es names fields in camel case. */
function camelCased(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(camelCased);
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return value;
  const camel = (name: string): string => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [camel(name), camelCased(field)]));
}

/** protobuf-es, buf's own library. */
export async function protobufEs(): Promise<Peer> {
  const load = (file: string): Promise<Record<string, DescMessage>> =>
    import(join(peersFolder, "protobuf-es", `${file}_pb.js`));
  const modules = await Promise.all(["CIM.Login", "CIM.Message", "CIM.List"].map(load));
  const all: Record<string, DescMessage> = Object.assign({}, ...modules);
  return {
    name: "protobuf-es",
    prepare(fixture) {
      const schema = all[`${messageName(fixture)}Schema`] as DescMessage;
      const message = create(schema, camelCased(fixture.message) as never);
      return {
        encode: () => frameAround(fixture.command, toBinary(schema, message)),
        decode: (body) => fromBinary(schema, body),
      };
    },
  };
}
