import { encodeRawFrame, HEADER_LENGTH, type Registry } from "../../codegen/index.ts";
import type { Bus, BusPush } from "../bus/bus.ts";
import type { LogicContext } from "../logic/context.ts";
import type { BackgroundEffect, Push } from "../logic/effect.ts";
import type { ReportFailure } from "../logic/perform.ts";
import { mark } from "../marks.ts";
import type { Meter } from "../meter.ts";
import type { PushView, Seams } from "../seams.ts";
import { Connection } from "./connection.ts";
import type { ConnectionHost, GateLimits } from "./connection-host.ts";
import { Deadlines } from "./deadlines.ts";
import { FairTurns } from "./fair-turns.ts";
import { Incoming } from "./incoming.ts";
import { OnlineUsers } from "./online-users.ts";
import { Slices } from "./slices.ts";
import type { GateSocket, SocketListener } from "./socket.ts";

/** How late a timeout may be noticed, in milliseconds. */
const DEADLINE_TICK_MS = 100;

/** A drain closes all connections within this many slices: two seconds, in which their clients can keep up. */
const MOST_DRAIN_SLICES = 400;

/** All connections of this process: who is online, fan-out, timeouts, draining. */
export class Gate implements ConnectionHost<Connection> {
  readonly seams: Seams;
  readonly context: LogicContext;
  readonly meter: Meter;
  readonly limits: GateLimits;
  readonly reportFailure: ReportFailure;
  readonly deadlines: Deadlines = new Deadlines(DEADLINE_TICK_MS);
  readonly turns: FairTurns = new FairTurns();
  readonly #bus: Bus | undefined;
  readonly #registry: Registry;
  readonly #log: (line: string) => void;
  readonly #incoming: Incoming<Connection>;
  readonly #incomingLimit: number;
  readonly #online = new OnlineUsers<Connection>();
  /** Users whose logins wait until the other gates can know of them, and how many do. */
  readonly #comers = new Map<bigint, number>();
  readonly #connections = new Set<Connection>();
  #unflushed: Connection[] = [];
  #lastId = 0;
  #draining = false;
  /** While the gate drains: called after each connection that has closed, with the number of those left. */
  #onGone: ((left: number) => void) | undefined;

  constructor(parts: {
    registry: Registry;
    seams: Seams;
    context: LogicContext;
    meter: Meter;
    limits: GateLimits;
    bus: Bus | undefined;
    reportFailure: ReportFailure;
    log: (line: string) => void;
  }) {
    this.#registry = parts.registry;
    this.#log = parts.log;
    const { maxIncomingBytes, maxFrameLength } = parts.limits;
    this.#incomingLimit = parts.seams.gate.incomingLimit(Math.max(maxIncomingBytes, maxFrameLength));
    this.#incoming = new Incoming(this.#incomingLimit);
    this.seams = parts.seams;
    this.context = parts.context;
    this.meter = parts.meter;
    this.limits = parts.limits;
    this.reportFailure = parts.reportFailure;
    this.#bus = parts.bus;
    this.#bus?.onPush((push) => this.#deliverFromBus(push));
  }

  /** Takes a client, unless there are too many. */
  accept(socket: GateSocket): SocketListener | undefined {
    if (this.#draining || this.#connections.size >= this.limits.maxConnections) {
      this.meter.connectionsRefused++;
      return undefined;
    }
    const connection = new Connection(this, socket, ++this.#lastId);
    this.#connections.add(connection);
    this.meter.connectionsAccepted++;
    this.meter.connectionsOpen++;
    return connection;
  }

  /** CONN-23: while all together hold too much, whoever holds the most goes, and not whoever happened to come last. */
  holds(connection: Connection, bytes: number): void {
    this.#incoming.set(connection, bytes);
    while (this.#incoming.isTooMuch) {
      const largest = this.seams.gate.firstToGo(this.#incoming.held) as Connection;
      this.#incoming.set(largest, 0);
      mark("CONN-23");
      this.meter.incomingDropped++;
      // The same line for each address, so that many become a count.
      this.#log(
        `closed the connection from ${largest.address} that held most of the packets that are not whole or not handled yet, as all together took more than ${this.#incomingLimit} bytes (--max-incoming)`,
      );
      largest.drop();
    }
    this.meter.incomingBytes = this.#incoming.total;
  }

  forget(connection: Connection): void {
    this.deadlines.forget(connection);
    this.holds(connection, 0);
    if (!this.#connections.delete(connection)) return;
    this.meter.connectionsOpen--;
    this.#onGone?.(this.#connections.size);
  }

  online(connection: Connection): void {
    this.meter.loginsSucceeded++;
    this.#online.add(connection.self, connection);
  }

  async announce(userId: bigint): Promise<void> {
    if (!this.#bus) return;
    this.#comers.set(userId, (this.#comers.get(userId) ?? 0) + 1);
    await this.#bus.announce(userId);
    // By then the login is carried out, or its connection was gone.
    setImmediate(() => this.#arrived(userId));
  }

  #arrived(userId: bigint): void {
    const left = (this.#comers.get(userId) ?? 1) - 1;
    if (left > 0) {
      this.#comers.set(userId, left);
      return;
    }
    this.#comers.delete(userId);
    if (!this.#online.has(userId)) this.#bus?.withdraw(userId).catch(this.#busFailed);
  }

  /** CONN-20: pushes to the user's other connections go on. */
  offline(connection: Connection): void {
    const user = connection.self;
    if (!this.#online.remove(user, connection)) return;
    mark("CONN-20");
    this.context.background(async (): Promise<BackgroundEffect[]> => {
      if (!this.#comers.has(user)) await this.#bus?.withdraw(user);
      if (await this.isOnline(user)) return [];
      const effects = await Promise.all(this.seams.userOffline.map((hook) => hook(user, this.context)));
      return effects.flat();
    });
  }

  async isOnline(userId: bigint): Promise<boolean> {
    return this.#online.has(userId) || ((await this.#bus?.isOnline(userId)) ?? false);
  }

  get hasOtherGates(): boolean {
    return this.#bus !== undefined;
  }

  /** Sends a push to the connections of its users, here and on the other gates. */
  fanOut(push: Push, origin: number | undefined): Promise<void> | undefined {
    const frame = this.seams.gate.encode(push.command, push.message);
    const { users, once, repeated } = push;
    if (repeated !== true) this.#deliver(push, frame, origin);
    const body = frame.subarray(HEADER_LENGTH);
    return this.#bus?.publish({ users, command_id: push.command.id, body, once, repeated, origin });
  }

  /** The connection has packets to write; all write once, after everything that this turn makes happen. */
  flushSoon(connection: Connection): void {
    if (this.#unflushed.push(connection) === 1) process.nextTick(this.#flushAll);
  }

  /**
   * Answers what was asked, then closes every connection, some at a time. However many they are, none is cut while
   * others still go: only when nothing has moved for `stillMs` are those cut that are left.
   */
  async drain(stillMs: number): Promise<void> {
    this.#draining = true;
    if (this.#connections.size > 0) await this.#closeAll(stillMs);
    this.deadlines.stop();
  }

  async #closeAll(stillMs: number): Promise<void> {
    const closing = new Slices<Connection>(MOST_DRAIN_SLICES, (connection) => connection.finish());
    for (const connection of this.#connections) closing.waiting.add(connection);
    const cut = setTimeout(() => {
      for (const connection of this.#connections) connection.cut();
    }, stillMs);
    await new Promise<void>((resolve) => {
      this.#onGone = (left) => (left === 0 ? resolve() : cut.refresh());
      closing.start();
    });
    clearTimeout(cut);
  }

  #deliver(push: PushView, frame: Uint8Array, origin: number | undefined): void {
    for (const user of push.users) {
      const connections = this.#online.of(user);
      if (connections.length === 0) continue;
      for (const connection of this.seams.fanOut.recipients(push, user, connections, origin)) {
        (connection as Connection).push(push, frame);
      }
    }
  }

  #deliverFromBus({ users, command_id, body, origin }: BusPush): void {
    const command = this.#registry.byId(command_id);
    if (!command) return;
    const here = users.filter((user) => this.#online.has(user));
    if (here.length === 0) return;
    const exceptOrigin = origin !== undefined;
    const push: PushView = { users: here, command, message: command.body.decode(body), exceptOrigin };
    this.#deliver(push, encodeRawFrame({ command_id }, body), origin);
  }

  readonly #flushAll = (): void => {
    const connections = this.#unflushed;
    this.#unflushed = [];
    for (const connection of connections) connection.flush();
  };

  readonly #busFailed = (error: unknown): void => {
    this.context.background(() => Promise.reject(error));
  };
}
