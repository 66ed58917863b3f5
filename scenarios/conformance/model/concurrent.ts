import { commands } from "../../../codegen/index.ts";
import { type CaseContext, type Peer, RuleFailure } from "../../../harness/runner/index.ts";
import { PAGE_SIZE, readHistory } from "../conversations.ts";
import { createGroup } from "../group-setup.ts";
import { GROUP, isAccepted, message } from "../messages.ts";
import { findAnomalies, type Operation, type Reading, type Seen } from "./anomalies.ts";

/** Messages of each writer. */
const EACH = 30;
/** Anomalies told in the failure; the rest is counted. */
const TOLD = 5;

interface Member {
  readonly name: string;
  readonly user: bigint;
  peer: Peer;
  readonly ids: string[];
  /** Loses its connection while it writes. */
  readonly unlucky: boolean;
}

/** Four members write to a group at the same time, one of them loses its connection: what all see must fit together. */
export async function concurrentHistory(t: CaseContext): Promise<void> {
  const members: Member[] = [];
  for (const name of ["alice", "bob", "carol", "dave"]) {
    const { user, peer } = await t.freshLogin(name);
    members.push({ name, user: user.user_id, peer, ids: [], unlucky: name === "dave" });
  }
  const [owner, ...others] = members as [Member, ...Member[]];
  const group = await createGroup(
    t,
    owner.peer,
    others.map(({ user }) => user),
  );
  for (let round = 0; round < EACH; round++) {
    for (const member of members) {
      if (member.unlucky && round > EACH / 2) continue;
      const text = message(t, member.peer, group, `${member.name} ${round}`, { session_type: GROUP });
      member.ids.push(text.client_msg_id ?? "");
      member.peer.send(commands.MSG_DATA, text);
    }
    if (round === EACH / 2) members.find(({ unlucky }) => unlucky)?.peer.reset();
  }
  const steady = members.filter(({ unlucky }) => !unlucky);
  for (const { peer, ids } of steady)
    await peer.until(() => (acksOf(peer).length >= ids.length ? true : undefined), 2 * t.patienceMs);
  const operations = members.flatMap(operationsOf);
  for (const { peer, name } of steady) {
    // Counting is not enough: messages whose acknowledgement was lost may be pushed as well.
    const due = operations.filter(({ sender, outcome }) => sender !== name && outcome === "ok").map(({ id }) => id);
    await peer.until(() => {
      const seen = new Set(pushesTo(peer, group).map(({ id }) => id));
      return due.every((id) => seen.has(id)) ? true : undefined;
    });
  }
  const readings: Reading[] = [];
  for (const { peer, name } of steady) {
    readings.push({
      reader: name,
      online: true,
      pushes: pushesTo(peer, group),
      history: await wholeHistory(t, peer, group),
    });
  }
  const anomalies = findAnomalies({ operations, readings });
  if (anomalies.length === 0) return;
  const told = anomalies.slice(0, TOLD).map(({ name, text }) => `${name}: ${text}`);
  const more = anomalies.length > TOLD ? ` … and ${anomalies.length - TOLD} more` : "";
  throw new RuleFailure("what four concurrent writers and their readers see fits together", `${told.join(" ")}${more}`);
}

function acksOf(peer: Peer) {
  return peer.seen(commands.MSG_DATA_ACK);
}

function operationsOf({ name, peer, ids, unlucky }: Member): Operation[] {
  const acks = new Map(acksOf(peer).map((ack) => [ack.client_msg_id, ack]));
  return ids.map((id): Operation => {
    const ack = acks.get(id);
    if (ack) return { sender: name, id, outcome: isAccepted(ack) ? "ok" : "failed", serverId: ack.server_msg_id };
    // Without an answer only the one whose connection broke cannot know; the others were refused by silence.
    return { sender: name, id, outcome: unlucky ? "unknown" : "failed" };
  });
}

function pushesTo(peer: Peer, group: bigint): Seen[] {
  const pushes = peer.seen(commands.MSG_DATA, (push) => push.to_session_id === group && push.msg_type === 1);
  return pushes.map((push) => ({ id: push.client_msg_id, serverId: push.server_msg_id }));
}

async function wholeHistory(t: CaseContext, peer: Peer, group: bigint): Promise<Seen[]> {
  let rows: Seen[] = [];
  for (let end = 0n; ; ) {
    const page = await readHistory(t, peer, { session: group, type: GROUP, end });
    const texts = page.filter((row) => row.msg_type === 1);
    rows = [...texts.map((row) => ({ id: row.client_msg_id, serverId: row.server_msg_id })), ...rows];
    if (page.length < PAGE_SIZE) return rows;
    end = page[0]?.server_msg_id ?? 0n;
  }
}
