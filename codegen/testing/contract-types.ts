import { join } from "node:path";
import protobuf from "protobufjs";

const root = join(import.meta.dirname, "..", "..");

function load(): protobuf.Root {
  const contract = new protobuf.Root();
  contract.resolvePath = (_origin, target) =>
    join(root, target.startsWith("google/") ? "node_modules/protobufjs" : "proto", target);
  const files = ["Login", "List", "Message", "Group", "Friend", "Voip"].map((name) => `CIM.${name}.proto`);
  return contract.loadSync(files, { keepCase: true });
}

/** The contract as protobufjs, an implementation of its own, reads it from the .proto files. */
export const contractRoot: protobuf.Root = load();

function typesOf(namespace: protobuf.NamespaceBase): protobuf.Type[] {
  return namespace.nestedArray.flatMap((nested) => {
    if (nested instanceof protobuf.Type) return [nested];
    return nested instanceof protobuf.Namespace ? typesOf(nested) : [];
  });
}

/** Every message type of the contract. */
export const contractTypes: protobuf.Type[] = typesOf(contractRoot.lookup("CIM") as protobuf.Namespace);
for (const type of contractTypes) for (const field of type.fieldsArray) field.resolve();
