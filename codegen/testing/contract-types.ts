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

function isType(one: protobuf.ReflectionObject): one is protobuf.Type {
  return one instanceof protobuf.Type;
}

function isEnum(one: protobuf.ReflectionObject): one is protobuf.Enum {
  return one instanceof protobuf.Enum;
}

/** What the contract defines of one kind, in all of its packages. */
function all<T>(isOne: (one: protobuf.ReflectionObject) => one is T & protobuf.ReflectionObject): T[] {
  const within = (namespace: protobuf.NamespaceBase): T[] =>
    namespace.nestedArray.flatMap((nested) => {
      if (isOne(nested)) return [nested];
      return nested instanceof protobuf.Namespace ? within(nested) : [];
    });
  return within(contractRoot.lookup("CIM") as protobuf.Namespace);
}

/** Every message type of the contract. */
export const contractTypes: protobuf.Type[] = all(isType);
for (const type of contractTypes) for (const field of type.fieldsArray) field.resolve();

/** Every enum of the contract. */
export const contractEnums: protobuf.Enum[] = all(isEnum);
