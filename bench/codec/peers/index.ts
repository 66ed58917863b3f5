import { buildPeers } from "./build.ts";
import { cupping } from "./cupping.ts";
import { googleProtobuf } from "./google-protobuf.ts";
import type { Peer } from "./peer.ts";
import { protobufEs } from "./protobuf-es.ts";
import { protobufjsReflection, protobufjsStatic } from "./protobufjs.ts";
import { tsProto } from "./ts-proto.ts";

export type { Peer, Work } from "./peer.ts";

/** All libraries under comparison, ours first. Their code is generated from `proto/` now. */
export async function loadPeers(): Promise<Peer[]> {
  buildPeers();
  return [cupping, await tsProto(), await protobufEs(), protobufjsStatic(), protobufjsReflection(), googleProtobuf()];
}
