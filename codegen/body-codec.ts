import type { BinaryReader, BinaryWriter } from "@bufbuild/protobuf/wire";
import type { BodyCodec, Partially } from "./command.ts";
import { ProtocolError } from "./errors.ts";

interface GeneratedFunctions<M> {
  encode(message: M, writer?: BinaryWriter): BinaryWriter;
  decode(input: BinaryReader | Uint8Array, length?: number): M;
  fromPartial(object: never): M;
}

/** Wraps the generated functions of one message. */
export function bodyCodec<M>(typeName: string, functions: GeneratedFunctions<M>): BodyCodec<M> {
  const create = (message?: Partially<M>): M => functions.fromPartial((message ?? {}) as never);
  return {
    typeName,
    create,
    encode: (message) => functions.encode(create(message)).finish(),
    decode(body) {
      try {
        return functions.decode(body);
      } catch (cause) {
        throw new ProtocolError("undecodable-body", `the body is not a ${typeName}`, { cause });
      }
    },
  };
}
