import {
  commands,
  describeMessage,
  encodeFrame,
  type Frame,
  Framer,
  formatCommandId,
  HEADER_LENGTH,
  type Registry,
  readHeader,
} from "../../codegen/index.ts";
import type { Account } from "../accounts/index.ts";
import { type Address, Connection } from "../client/index.ts";
import { CouldNotRun } from "./failure.ts";
import { IdMapping } from "./id-mapping.ts";
import type { RecordedStep, Recording } from "./recording.ts";
import { SHORT } from "./trace.ts";
import { Waiting } from "./waiting.ts";

/** What a recording is played against. */
export interface PlaySurroundings {
  readonly address: Address;
  readonly webSocket: Address | undefined;
  readonly registry: Registry;
  /** A fresh account, with a token or without one. */
  take(token: boolean): Promise<Account>;
  /** Longest wait for what came in the recording, in milliseconds. */
  readonly patienceMs: number;
  readonly signal: AbortSignal;
}

/** What came of playing a recording. */
export interface Played {
  /** Frames that the recording received, and those among them that came again with the same content. */
  readonly recorded: number;
  readonly same: number;
  /** What came in another way, in words. */
  readonly differences: readonly string[];
  /** Pieces of packets and broken packets, which were sent as recorded: with the ids of then. */
  readonly unmapped: number;
}

/** Fields that are another each time, whatever the target does. */
const VOLATILE: readonly string[] = [
  "create_time",
  "server_time",
  "update_time",
  "updated_time",
  "msg_time_stamp",
  "nick_name",
  "channel_token",
];
/** Message types whose content and id the server makes, with names and ids of its users. */
const MADE_BY_SERVER: readonly unknown[] = [7, 9, 10];

interface Line {
  readonly name: string;
  readonly connection: Connection;
  readonly recorded: Frame[];
  readonly came: Frame[];
  /** Frames of a command that were waited for in vain, so that nobody waits for them again. */
  readonly missing: Map<number, number>;
}

/**
 * Sends the frames of a recording again: the same bytes in the same order, none earlier than then, and each only when
 * what had come before it then has come. Only ids are others, since users are fresh and the target numbers anew.
 * @throws CouldNotRun when the recording cannot be played on this target
 */
export async function playRecording(recording: Recording, around: PlaySurroundings): Promise<Played> {
  if (recording.obstacle !== undefined) throw new CouldNotRun(`the frames cannot be played: ${recording.obstacle}`);
  const player = new Player(around, await takeAccounts(recording, around));
  try {
    return await player.play(recording);
  } finally {
    player.close();
  }
}

async function takeAccounts(recording: Recording, around: PlaySurroundings): Promise<Account[]> {
  const accounts: Account[] = [];
  for (const { token } of recording.accounts) accounts.push(await around.take(token));
  return accounts;
}

class Player {
  readonly #around: PlaySurroundings;
  readonly #accounts: readonly Account[];
  readonly #lines = new Map<number, Line>();
  readonly #mapping: IdMapping;
  readonly #waiting = new Waiting();
  #unmapped = 0;

  constructor(around: PlaySurroundings, accounts: readonly Account[]) {
    this.#around = around;
    this.#mapping = new IdMapping(around.registry);
    this.#accounts = accounts;
  }

  async play(recording: Recording): Promise<Played> {
    const begun = performance.now();
    for (const [at, { userId }] of recording.accounts.entries()) {
      const now = this.#accounts[at]?.user_id;
      if (userId !== undefined && now !== undefined) this.#mapping.user(BigInt(userId), now);
    }
    for (const step of recording.steps) {
      if (step.do !== "receive") {
        await this.#pause(begun + step.at - performance.now());
        await this.#caughtUp();
      }
      await this.#act(step);
    }
    await this.#caughtUp();
    return this.#compare();
  }

  close(): void {
    for (const { connection } of this.#lines.values()) connection.close();
  }

  async #act(step: RecordedStep): Promise<void> {
    if (step.do === "open") return await this.#open(step.connection, step.name, step.scheme);
    const line = this.#lines.get(step.connection);
    if (!line) return;
    switch (step.do) {
      case "receive": {
        const framer = new Framer();
        framer.push(Buffer.from(step.hex, "hex"));
        const frame = framer.next();
        if (frame) line.recorded.push(frame);
        return;
      }
      case "send": {
        const { bytes, mapped } = this.#mapping.packets(Buffer.from(step.hex, "hex"));
        if (!mapped) this.#unmapped += 1;
        line.connection.sendBytes(bytes);
        return;
      }
      case "log-in":
        line.connection.sendBytes(this.#login(step.account, Buffer.from(step.hex, "hex")));
        return;
      case "close":
        return line.connection.close();
      case "reset":
        return line.connection.reset();
      case "end-writing":
        return line.connection.endWriting();
      case "pause":
        return line.connection.pause();
      case "resume":
        return line.connection.resume();
    }
  }

  async #open(number: number, name: string, scheme: string): Promise<void> {
    const { address, webSocket, patienceMs, signal } = this.#around;
    const to = scheme.startsWith("ws") && !address.scheme.startsWith("ws") ? webSocket : address;
    if (!to) throw new CouldNotRun("the recording has a WebSocket connection, and no WebSocket address is known");
    const came: Frame[] = [];
    const handler = {
      onFrame: (frame: Frame): void => {
        came.push(frame);
        this.#waiting.wake();
      },
      onClose: (): void => this.#waiting.wake(),
    };
    const connection = await Connection.open(to, handler, { label: name, signal, connectDeadlineMs: patienceMs });
    this.#lines.set(number, { name, connection, recorded: [], came, missing: new Map() });
  }

  #login(account: number, template: Uint8Array): Uint8Array {
    const { command_id, seq_num } = readHeader(template);
    const { user_id = 0n, user_token = "", user_name, user_pwd } = this.#accounts[account] as Account;
    const body = template.subarray(HEADER_LENGTH);
    if (command_id === commands.LOGIN_AUTH_TOKEN_REQ.id) {
      const fields = commands.LOGIN_AUTH_TOKEN_REQ.body.decode(body);
      return encodeFrame(commands.LOGIN_AUTH_TOKEN_REQ, { ...fields, user_id, user_token }, seq_num);
    }
    const fields = commands.LOGIN_AUTH_REQ.body.decode(body);
    return encodeFrame(commands.LOGIN_AUTH_REQ, { ...fields, user_name, user_pwd }, seq_num);
  }

  /** Waits until as many frames of each command have come on each connection as then, and learns their ids. */
  async #caughtUp(): Promise<void> {
    const { patienceMs, signal } = this.#around;
    const isUp = (): true | undefined => (this.#shortages().length === 0 ? true : undefined);
    if ((await this.#waiting.until(isUp, patienceMs, signal)) === undefined) {
      for (const { line, command, count } of this.#shortages()) {
        line.missing.set(command, (line.missing.get(command) ?? 0) + count);
      }
    }
    for (const line of this.#lines.values()) {
      for (const [recorded, now] of pairsOf(line))
        if (now) this.#mapping.learn(this.#messageOf(recorded), this.#messageOf(now));
    }
  }

  #shortages(): { line: Line; command: number; count: number }[] {
    return [...this.#lines.values()].flatMap((line) => {
      if (line.connection.closeReason) return [];
      const due = countByCommand(line.recorded);
      const came = countByCommand(line.came);
      return [...due].flatMap(([command, count]) => {
        const short = count - (came.get(command) ?? 0) - (line.missing.get(command) ?? 0);
        return short > 0 ? [{ line, command, count: short }] : [];
      });
    });
  }

  #pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, Math.max(0, milliseconds)));
  }

  #compare(): Played {
    const differences: string[] = [];
    let recorded = 0;
    let same = 0;
    for (const line of this.#lines.values()) {
      for (const [then, now] of pairsOf(line)) {
        recorded += 1;
        const before = this.#tell(then, true);
        const after = now && this.#tell(now, false);
        if (before === after) same += 1;
        else differences.push(`${line.name}: recorded ${before}; now ${after ?? "nothing of the kind"}`);
      }
      const due = countByCommand(line.recorded);
      for (const [command, count] of countByCommand(line.came)) {
        const more = count - (due.get(command) ?? 0);
        if (more > 0) differences.push(`${line.name}: ${more} more ${this.#nameOf(command)} than recorded`);
      }
    }
    return { recorded, same, differences, unmapped: this.#unmapped };
  }

  #tell(frame: Frame, isOfThen: boolean): string {
    const { command_id, seq_num } = frame.header;
    const message = this.#messageOf(frame);
    const mapped = isOfThen ? this.#mapping.map(message) : message;
    const body =
      message === undefined
        ? Buffer.from(frame.body).toString("hex")
        : JSON.stringify(describeMessage(steady(mapped), this.#around.registry.fieldTypes, undefined, SHORT));
    return `${this.#nameOf(command_id)} seq ${seq_num} ${body}`;
  }

  #messageOf(frame: Frame): unknown {
    try {
      return this.#around.registry.byId(frame.header.command_id)?.body.decode(frame.body);
    } catch {
      return undefined;
    }
  }

  #nameOf(command: number): string {
    return this.#around.registry.byId(command)?.name ?? formatCommandId(command);
  }
}

/** Each frame of the recording with the one that came in its place: the same one of its command on its connection. */
function* pairsOf({ recorded, came }: Line): Generator<[Frame, Frame | undefined]> {
  const byCommand = Map.groupBy(came, (frame) => frame.header.command_id);
  const taken = new Map<number, number>();
  for (const frame of recorded) {
    const { command_id } = frame.header;
    const at = taken.get(command_id) ?? 0;
    taken.set(command_id, at + 1);
    yield [frame, byCommand.get(command_id)?.[at]];
  }
}

function countByCommand(frames: readonly Frame[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { header } of frames) counts.set(header.command_id, (counts.get(header.command_id) ?? 0) + 1);
  return counts;
}

/** A message without what is another each time. */
function steady(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(steady);
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return value;
  const fields = value as Record<string, unknown>;
  const made = MADE_BY_SERVER.includes(fields["msg_type"]) ? ["msg_data", "client_msg_id", "msg_id"] : [];
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([name]) => !VOLATILE.includes(name) && !made.includes(name))
      .map(([name, field]) => [name, steady(field)]),
  );
}
