// Fills in the packet templates of frames.ts. Plain JavaScript, since k6 and Artillery take it as it is.

function bytesOf(hex) {
  const bytes = new Uint8Array(hex.length / 2);
  for (let at = 0; at < bytes.length; at++) bytes[at] = Number.parseInt(hex.slice(2 * at, 2 * at + 2), 16);
  return bytes;
}

function putVarint(bytes, at, value) {
  bytes[at] = 0x80 | (value & 0x7f);
  bytes[at + 1] = value >> 7;
}

function putText(bytes, at, text) {
  for (let n = 0; n < text.length; n++) bytes[at + n] = text.charCodeAt(n);
}

/** The login packet of the n-th user. */
function loginPacket(templates, n) {
  const user = templates.firstUser + n;
  const bytes = bytesOf(templates.login);
  putVarint(bytes, templates.loginUser, user);
  putText(bytes, templates.loginToken, String(user).padStart(5, "0"));
  return bytes;
}

/** Makes the message packets of the n-th user to its partner. @param tag not used by any run before */
function messageWriter(templates, n, tag) {
  const bytes = bytesOf(templates.message);
  putVarint(bytes, templates.from, templates.firstUser + n);
  putVarint(bytes, templates.to, templates.firstUser + (n ^ 1));
  let count = 0;
  return () => {
    count++;
    const sequence = (count % 65535) + 1;
    bytes[12] = sequence >> 8;
    bytes[13] = sequence & 0xff;
    putText(bytes, templates.clientMsgId, `${tag}-${n}-${count}`.padStart(36, "0"));
    return bytes;
  };
}

/** Command ids stand at offset 10 of a packet. */
const COMMAND_OFFSET = 10;
const LOGIN_ANSWER = 0x0102;
const ACKNOWLEDGEMENT = 0x0302;

/** The command id of a packet. */
function commandOf(bytes) {
  return (bytes[COMMAND_OFFSET] << 8) | bytes[COMMAND_OFFSET + 1];
}

module.exports = { loginPacket, messageWriter, commandOf, LOGIN_ANSWER, ACKNOWLEDGEMENT };
