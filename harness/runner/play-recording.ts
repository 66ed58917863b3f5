import {
  commands,
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
import { openMessage } from "./open-message.ts";
import type { RecordedStep, Recording } from "./recording.ts";
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

/** Fields that hold a time. */
const TIMES: readonly string[] = ["create_time", "server_time", "update_time", "updated_time", "msg_time_stamp"];
/** How far a time of the target may be from ours to count as now, in milliseconds: clocks differ, cases take a while. */
const AROUND_NOW_MS = 600_000;
/** How long behind a frame a case may end because of it, in milliseconds. */
const ENDED_AT_ONCE_MS = 50;
/** Message type of a robot's words, which are others each time. */
const ROBOT_WORDS = 7;

/** A frame that came, and when. */
interface Arrival {
  readonly frame: Frame;
  /** Milliseconds since 1970 by our clock; undefined in recordings of older versions. */
  readonly at: number | undefined;
}

/** One that came now: how many had come before it, on any connection. */
interface Came extends Arrival {
  readonly order: number;
}

interface Line {
  readonly name: string;
  readonly connection: Connection;
  readonly recorded: Arrival[];
  readonly came: Came[];
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
  #startedAt: number | undefined;
  #unmapped = 0;
  #arrivals = 0;
  /** Whether a frame was what ended the case: then nobody knows what was still on its way. */
  #endedByFrame = false;

  constructor(around: PlaySurroundings, accounts: readonly Account[]) {
    this.#around = around;
    this.#mapping = new IdMapping(around.registry);
    this.#accounts = accounts;
  }

  async play(recording: Recording): Promise<Played> {
    const begun = performance.now();
    this.#startedAt = recording.startedAt;
    this.#endedByFrame = endedByFrame(recording);
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
    // What did not come then is looked for as long as then.
    await this.#pause(begun + (recording.lastedMs ?? 0) - performance.now());
    // A slower target, or a busier machine, takes longer: only what had time to come was missed.
    const { patienceMs, signal } = this.#around;
    await this.#waiting.until(() => (this.#isSettled() ? true : undefined), patienceMs, signal);
    return this.#compare();
  }

  /** Whether nothing that comes now would change whether everything came as recorded. */
  #isSettled(): boolean {
    const isOver = [...this.#lines.values()].every(({ connection }) => connection.closeReason !== undefined);
    return isOver || this.#compare().differences.length > 0;
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
        const { at } = step;
        if (frame) line.recorded.push({ frame, at: this.#startedAt === undefined ? undefined : this.#startedAt + at });
        return;
      }
      case "send": {
        const { bytes, mapped } = this.#mapping.packets(Buffer.from(step.hex, "hex"));
        if (!mapped) this.#unmapped += 1;
        line.connection.sendBytes(bytes);
        return;
      }
      case "send-part":
        this.#unmapped += 1;
        line.connection.sendPart(Buffer.from(step.hex, "hex"));
        return;
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
    const came: Came[] = [];
    const handler = {
      onFrame: (frame: Frame): void => {
        came.push({ frame, at: Date.now(), order: this.#arrivals++ });
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
        if (now) this.#mapping.learn(this.#messageOf(recorded.frame), this.#messageOf(now.frame));
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
    const lastOrder = this.#endedByFrame ? this.#lastOrder() : Number.POSITIVE_INFINITY;
    for (const line of this.#lines.values()) {
      for (const [then, now] of pairsOf(line)) {
        recorded += 1;
        // Without the clock of then, times say nothing.
        const withTimes = then.at !== undefined;
        const before = this.#tell(then, { isOfThen: true, withTimes });
        const after = now && this.#tell(now, { isOfThen: false, withTimes });
        if (before === after) same += 1;
        else differences.push(`${line.name}: recorded ${before}; now ${after ?? "nothing of the kind"}`);
      }
      const due = countByCommand(line.recorded);
      for (const [command, count] of countByCommand(line.came.filter(({ order }) => order <= lastOrder))) {
        const more = count - (due.get(command) ?? 0);
        if (more > 0) differences.push(`${line.name}: ${more} more ${this.#nameOf(command)} than recorded`);
      }
    }
    return { recorded, same, differences, unmapped: this.#unmapped };
  }

  /** The place of the frame that came last of those that had come then. */
  #lastOrder(): number {
    const pairs = [...this.#lines.values()].flatMap((line) => [...pairsOf(line)]);
    // What has not come at all is a difference whatever else came.
    if (pairs.some(([, now]) => now === undefined)) return Number.POSITIVE_INFINITY;
    return Math.max(-1, ...pairs.map(([, now]) => now?.order ?? -1));
  }

  #tell({ frame, at = 0 }: Arrival, { isOfThen, withTimes }: { isOfThen: boolean; withTimes: boolean }): string {
    const { command_id, seq_num } = frame.header;
    const message = this.#messageOf(frame);
    const mapped = isOfThen ? this.#mapping.map(message) : message;
    const body =
      message === undefined
        ? Buffer.from(frame.body).toString("hex")
        : JSON.stringify(steady(newestFirst(mapped), withTimes ? at : undefined), asJson);
    return `${this.#nameOf(command_id)} seq ${seq_num} ${body}`;
  }

  #messageOf(frame: Frame): unknown {
    try {
      return openMessage(this.#around.registry.byId(frame.header.command_id)?.body.decode(frame.body));
    } catch {
      return undefined;
    }
  }

  #nameOf(command: number): string {
    return this.#around.registry.byId(command)?.name ?? formatCommandId(command);
  }
}

/** Whether a recording ends with a frame that came, and not with a wait for one. */
function endedByFrame({ steps, lastedMs }: Recording): boolean {
  const last = steps.at(-1);
  return last?.do === "receive" && lastedMs !== undefined && lastedMs - last.at <= ENDED_AT_ONCE_MS;
}

/** Each frame of the recording with the one that came in its place: the same one of its command on its connection. */
function* pairsOf({ recorded, came }: Line): Generator<[Arrival, Came | undefined]> {
  const byCommand = Map.groupBy(came, ({ frame }) => frame.header.command_id);
  const taken = new Map<number, number>();
  for (const arrival of recorded) {
    const { command_id } = arrival.frame.header;
    const at = taken.get(command_id) ?? 0;
    taken.set(command_id, at + 1);
    yield [arrival, byCommand.get(command_id)?.[at]];
  }
}

function countByCommand(arrivals: readonly Arrival[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const {
    frame: { header },
  } of arrivals)
    counts.set(header.command_id, (counts.get(header.command_id) ?? 0) + 1);
  return counts;
}

/**
 * A message whose list of sessions, where the newest come first, has those of one second in an order of its own: what a
 * second ends between comes in either. Any other order is kept.
 */
function newestFirst(message: unknown): unknown {
  const { contact_session_list: list } = (message ?? {}) as { readonly contact_session_list?: unknown };
  if (!Array.isArray(list)) return message;
  const timeOf = (session: Record<string, unknown>): number => Number(session["updated_time"]);
  if (list.some((session, at) => at > 0 && timeOf(session) > timeOf(list[at - 1]))) return message;
  const keyOf = (session: Record<string, unknown>): string => `${session["session_type"]} ${session["session_id"]}`;
  const sorted = list.toSorted((one, other) => keyOf(one).localeCompare(keyOf(other)));
  return { ...(message as object), contact_session_list: { "newest first": sorted } };
}

/** A message with its times as what they are to the moment at which it came; without them where that is not known. */
function steady(value: unknown, at: number | undefined): unknown {
  if (Array.isArray(value)) return value.map((item) => steady(item, at));
  if (value instanceof Uint8Array) return textOf(value);
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.entries(value).flatMap(([name, field]): [string, unknown][] => {
    if (TIMES.includes(name)) return at === undefined ? [] : [[name, timeInWords(field, at)]];
    return [[name, steady(field, at)]];
  });
  const steadied = Object.fromEntries(fields);
  if (steadied["msg_type"] === ROBOT_WORDS) delete steadied["msg_data"];
  return steadied;
}

/** What a time of the target is to ours: now, in its unit, or else the number itself. */
function timeInWords(time: unknown, at: number): unknown {
  const isNear = (milliseconds: number): boolean => Math.abs(milliseconds) < AROUND_NOW_MS;
  if (isNear(Number(time) * 1_000 - at)) return "now, in seconds";
  if (isNear(Number(time) - at)) return "now, in milliseconds";
  // In a field of 32 bits milliseconds lose what is above.
  return isNear(Number(time) - (at % 2 ** 32)) ? "now, in milliseconds cut to 32 bits" : time;
}

function asJson(_name: string, value: unknown): unknown {
  return typeof value === "bigint" ? value.toString() : value;
}

/** Bytes as text, or in hexadecimal where they are none. */
function textOf(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString();
  return Buffer.from(text).equals(bytes) ? text : Buffer.from(bytes).toString("hex");
}
