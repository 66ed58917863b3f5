import type { DescFile, DescMessage } from "@bufbuild/protobuf";
import { type FieldSource, fieldsOf, isPacked } from "../../../codegen/generate/message-source.ts";

/*
 * google-protobuf's generator, protoc-gen-js, is a native program that its npm packages download from elsewhere when
 * they are installed. This writes what it writes, after the generated files inside the google-protobuf package (e.g.
 * google/protobuf/type_pb.js), without the parts that are not timed (toObject, clear…, has…).
 */

const names: Record<FieldSource["kind"], string> = {
  uint64: "Uint64",
  uint32: "Uint32",
  int32: "Int32",
  bool: "Bool",
  string: "String",
  bytes: "Bytes",
  enum: "Enum",
  message: "Message",
};

const readMethod = (field: FieldSource): string =>
  field.kind === "string" ? "readStringRequireUtf8" : `read${names[field.kind]}`;

const setMethod: Record<FieldSource["kind"], string> = {
  uint64: "setProto3IntField",
  uint32: "setProto3IntField",
  int32: "setProto3IntField",
  bool: "setProto3BooleanField",
  string: "setProto3StringField",
  bytes: "setProto3BytesField",
  enum: "setProto3EnumField",
  message: "setWrapperField",
};

const camel = (name: string): string => name.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());

const defaults: Partial<Record<FieldSource["kind"], string>> = { string: '""', bytes: '""', bool: "false" };

function accessors(field: FieldSource, type: string): string {
  const { number, kind, reference } = field;
  const name = camel(field.name);
  const self = `${type}.prototype`;
  if (field.repeated && kind === "message") {
    return `${self}.get${name}List = function() {
  return jspb.Message.getRepeatedWrapperField(this, proto.${reference}, ${number});
};
${self}.set${name}List = function(value) {
  return jspb.Message.setRepeatedWrapperField(this, ${number}, value);
};
${self}.add${name} = function(opt_value, opt_index) {
  return jspb.Message.addToRepeatedWrapperField(this, ${number}, opt_value, proto.${reference}, opt_index);
};`;
  }
  if (field.repeated) {
    return `${self}.get${name}List = function() { return jspb.Message.getRepeatedField(this, ${number}); };
${self}.set${name}List = function(value) { return jspb.Message.setField(this, ${number}, value || []); };
${self}.add${name} = function(value, opt_index) {
  return jspb.Message.addToRepeatedField(this, ${number}, value, opt_index);
};`;
  }
  const get =
    kind === "message"
      ? `jspb.Message.getWrapperField(this, proto.${reference}, ${number})`
      : `jspb.Message.${kind === "bool" ? "getBooleanFieldWithDefault" : "getFieldWithDefault"}(this, ${number}, ${defaults[kind] ?? "0"})`;
  const bytes =
    kind === "bytes"
      ? `\n${self}.get${name}_asU8 = function() { return jspb.Message.bytesAsU8(this.get${name}()); };`
      : "";
  return `${self}.get${name} = function() { return ${get}; };${bytes}
${self}.set${name} = function(value) { return jspb.Message.${setMethod[kind]}(this, ${number}, value); };`;
}

function readCase(field: FieldSource): string {
  const name = camel(field.name);
  const store = `msg.${field.repeated ? "add" : "set"}${name}(value);`;
  if (isPacked(field)) {
    return `    case ${field.number}:
      reader.readPackable${names[field.kind]}Into(msg.get${name}List());
      break;`;
  }
  const read =
    field.kind === "message"
      ? `var value = new proto.${field.reference};
      reader.readMessage(value, proto.${field.reference}.deserializeBinaryFromReader);`
      : `var value = reader.${readMethod(field)}();`;
  return `    case ${field.number}:
      ${read}
      ${store}
      break;`;
}

function writeField(field: FieldSource): string {
  const name = camel(field.name);
  const nested = field.kind === "message" ? `, proto.${field.reference}.serializeBinaryToWriter` : "";
  if (field.repeated) {
    const method = `${isPacked(field) ? "writePacked" : "writeRepeated"}${names[field.kind]}`;
    return `  f = message.get${name}List();
  if (f.length > 0) { writer.${method}(${field.number}, f${nested}); }`;
  }
  const isSet: Partial<Record<FieldSource["kind"], string>> = {
    message: "f != null",
    bool: "f",
    string: "f.length > 0",
    bytes: "f.length > 0",
    enum: "f !== 0.0",
  };
  return `  f = message.get${name}${field.kind === "bytes" ? "_asU8" : ""}();
  if (${isSet[field.kind] ?? "f !== 0"}) { writer.write${names[field.kind]}(${field.number}, f${nested}); }`;
}

function messageSource(message: DescMessage): string {
  const fields = fieldsOf(message);
  const type = `proto.${message.name}`;
  const repeated = fields.filter((field) => field.repeated).map((field) => field.number);
  const list = repeated.length > 0 ? `${type}.repeatedFields_` : "null";
  return `${type} = function(opt_data) { jspb.Message.initialize(this, opt_data, 0, -1, ${list}, null); };
goog.inherits(${type}, jspb.Message);
${repeated.length > 0 ? `${type}.repeatedFields_ = ${JSON.stringify(repeated)};` : ""}
${type}.deserializeBinary = function(bytes) {
  var reader = new jspb.BinaryReader(bytes);
  var msg = new ${type};
  return ${type}.deserializeBinaryFromReader(msg, reader);
};
${type}.deserializeBinaryFromReader = function(msg, reader) {
  while (reader.nextField()) {
    if (reader.isEndGroup()) {
      break;
    }
    var field = reader.getFieldNumber();
    switch (field) {
${fields.map(readCase).join("\n")}
    default:
      reader.skipField();
      break;
    }
  }
  return msg;
};
${type}.prototype.serializeBinary = function() {
  var writer = new jspb.BinaryWriter();
  ${type}.serializeBinaryToWriter(this, writer);
  return writer.getResultBuffer();
};
${type}.serializeBinaryToWriter = function(message, writer) {
  var f = undefined;
${fields.map(writeField).join("\n")}
};
${fields.map((field) => accessors(field, type)).join("\n")}`;
}

/** One CommonJS module with the classes of every message by short name. */
export function googleProtobufSource(files: readonly DescFile[]): string {
  const messages = files.flatMap((file) => file.messages);
  return `var jspb = require("google-protobuf");
var goog = jspb;
var proto = {};
${messages.map(messageSource).join("\n\n")}
module.exports = proto;
`;
}
