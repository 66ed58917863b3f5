import { createRequire } from "node:module";
import { join } from "node:path";
import { peersFolder } from "./build.ts";
import { frameAround } from "./frame-around.ts";
import { messageName, type Peer } from "./peer.ts";

interface JspbMessage {
  serializeBinary(): Uint8Array;
}
interface JspbClass {
  new (): JspbMessage;
  deserializeBinary(body: Uint8Array): JspbMessage;
}

/** google-protobuf; its 64-bit fields are plain numbers and lose precision above 2^53, which is its fastest form. */
export function googleProtobuf(): Peer {
  const classes = createRequire(import.meta.url)(join(peersFolder, "google-protobuf.cjs")) as Record<string, JspbClass>;
  return {
    name: "google-protobuf",
    prepare(fixture) {
      const type = classes[messageName(fixture)] as JspbClass;
      // The bytes are the same for every library, so the message can be made from them instead of by setters.
      const message = type.deserializeBinary(fixture.command.body.encode(fixture.message as never));
      return {
        encode: () => frameAround(fixture.command, message.serializeBinary()),
        decode: (body) => type.deserializeBinary(body),
      };
    },
  };
}
