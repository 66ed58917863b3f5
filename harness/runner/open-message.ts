/**
 * A message with what is packed inside its bytes and texts laid open: notifications carry JSON, and in it again JSON in
 * base64. What is neither stays as it is.
 */
export function openMessage(value: unknown): unknown {
  if (value instanceof Uint8Array) return openText(Buffer.from(value).toString()) ?? value;
  if (Array.isArray(value)) return value.map(openMessage);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, openField(name, field)]));
}

function openField(name: string, value: unknown): unknown {
  // Elsewhere a text is what somebody wrote, whatever it looks like.
  if (name !== "msg_data" || typeof value !== "string") return openMessage(value);
  return openText(value) ?? openText(Buffer.from(value, "base64").toString()) ?? value;
}

function openText(text: string): unknown {
  if (!text.startsWith("{")) return undefined;
  try {
    return openMessage(JSON.parse(text));
  } catch {
    return undefined;
  }
}
