/** One message that somebody tried to send: acknowledged, surely not taken, or nobody knows. */
export interface Operation {
  readonly sender: string;
  readonly id: string;
  readonly outcome: "ok" | "failed" | "unknown";
  /** As acknowledged; only with `ok`. */
  readonly serverId?: bigint;
}

/** A message as a reader got it, by push or in the history. */
export interface Seen {
  readonly id: string;
  readonly serverId: bigint;
}

/** What one reader got of the conversation. */
export interface Reading {
  readonly reader: string;
  /** By push, in the order of arrival; only over connections that were open all the time. */
  readonly pushes: readonly Seen[];
  /** Whether the reader was connected all the time, so that every message had to be pushed. */
  readonly online: boolean;
  /** The whole history, in the order of the pages. */
  readonly history: readonly Seen[];
}

/** Everything that was observed of one conversation with several writers at a time. */
export interface Observation {
  readonly operations: readonly Operation[];
  readonly readings: readonly Reading[];
}

/** What can be wrong with a conversation. */
export type AnomalyName =
  | "lost after acknowledgement"
  | "phantom"
  | "done although refused"
  | "duplicate"
  | "id reused"
  | "id differs"
  | "id not increasing"
  | "orders differ between members"
  | "push missing"
  | "own push";

/** One anomaly, told in two sentences: what was seen, and why that cannot be. */
export interface Anomaly {
  readonly name: AnomalyName;
  readonly text: string;
}

/** Looks for anomalies, in time linear in what was observed. */
export function findAnomalies({ operations, readings }: Observation): Anomaly[] {
  const byId = new Map(operations.map((operation) => [operation.id, operation]));
  const found = [...reusedIds(operations)];
  for (const reading of readings) {
    found.push(...wrongInHistory(reading, operations, byId), ...wrongInPushes(reading, operations, byId));
  }
  found.push(...differentOrders(readings));
  return found;
}

function reusedIds(operations: readonly Operation[]): Anomaly[] {
  const owners = new Map<bigint, Operation>();
  const found: Anomaly[] = [];
  for (const operation of operations) {
    if (operation.serverId === undefined) continue;
    const owner = owners.get(operation.serverId);
    if (owner && owner.id !== operation.id) {
      const text = `Messages ${owner.id} and ${operation.id} were both acknowledged as ${operation.serverId}. Distinct messages of a conversation never share an id.`;
      found.push({ name: "id reused", text });
    }
    owners.set(operation.serverId, operation);
  }
  return found;
}

function wrongInHistory(
  { reader, history }: Reading,
  operations: readonly Operation[],
  byId: ReadonlyMap<string, Operation>,
): Anomaly[] {
  const found: Anomaly[] = [];
  const seen = new Set<string>();
  let last: Seen | undefined;
  for (const row of history) {
    const operation = byId.get(row.id);
    const where = `${reader}'s history holds ${row.id} as ${row.serverId}`;
    if (!operation) found.push({ name: "phantom", text: `${where}. Nobody sent it.` });
    if (operation?.outcome === "failed") {
      found.push({ name: "done although refused", text: `${where}. Its sender was told that it was refused.` });
    }
    if (operation?.serverId !== undefined && operation.serverId !== row.serverId) {
      found.push({ name: "id differs", text: `${where}. It was acknowledged as ${operation.serverId}.` });
    }
    if (seen.has(row.id)) found.push({ name: "duplicate", text: `${where} a second time. It was sent once.` });
    if (last && row.serverId <= last.serverId) {
      found.push({ name: "id not increasing", text: `${where} behind ${last.serverId}. Ids grow strictly.` });
    }
    seen.add(row.id);
    last = row;
  }
  for (const { id, outcome, serverId } of operations) {
    if (outcome !== "ok" || seen.has(id)) continue;
    const text = `${id} was acknowledged as ${serverId} and is not in ${reader}'s history. What is acknowledged is stored.`;
    found.push({ name: "lost after acknowledgement", text });
  }
  return found;
}

function wrongInPushes(
  { reader, pushes, online }: Reading,
  operations: readonly Operation[],
  byId: ReadonlyMap<string, Operation>,
): Anomaly[] {
  const found: Anomaly[] = [];
  const seen = new Set<string>();
  const lastOf = new Map<string, Seen>();
  for (const push of pushes) {
    const operation = byId.get(push.id);
    const where = `${push.id} was pushed to ${reader} as ${push.serverId}`;
    if (!operation) found.push({ name: "phantom", text: `${where}. Nobody sent it.` });
    if (operation?.sender === reader)
      found.push({ name: "own push", text: `${where}. It is the connection that sent it.` });
    if (seen.has(push.id)) found.push({ name: "duplicate", text: `${where} a second time. It was sent once.` });
    if (operation?.serverId !== undefined && operation.serverId !== push.serverId) {
      found.push({ name: "id differs", text: `${where}. It was acknowledged as ${operation.serverId}.` });
    }
    // Only what one connection sent must come in order (PUSH-05).
    const before = lastOf.get(operation?.sender ?? "");
    if (before && push.serverId <= before.serverId) {
      const text = `${where} behind ${before.serverId} of the same sender. Pushes of one sender come in the order of their ids.`;
      found.push({ name: "id not increasing", text });
    }
    seen.add(push.id);
    lastOf.set(operation?.sender ?? "", push);
  }
  if (!online) return found;
  for (const { id, outcome, sender } of operations) {
    if (outcome !== "ok" || sender === reader || seen.has(id)) continue;
    found.push({
      name: "push missing",
      text: `${id} was acknowledged and not pushed to ${reader}. The reader was connected all the time.`,
    });
  }
  return found;
}

function differentOrders(readings: readonly Reading[]): Anomaly[] {
  const [first, ...others] = readings;
  if (!first) return [];
  const place = new Map(first.history.map(({ id }, index) => [id, index]));
  const found: Anomaly[] = [];
  for (const { reader, history } of others) {
    let last = -1;
    for (const { id } of history) {
      const at = place.get(id);
      if (at === undefined) continue;
      if (at < last) {
        const text = `${reader} reads ${id} behind a message before which ${first.reader} reads it. A conversation has one order for all.`;
        found.push({ name: "orders differ between members", text });
        break;
      }
      last = at;
    }
  }
  return found;
}
