import { type Command, commands, encodeFrame, HEADER_LENGTH, type Registry, readHeader } from "../../codegen/index.ts";
import type { Account, Secrets } from "../accounts/index.ts";
import { hideInStream } from "./hidden-stream.ts";

/** Most bytes of frames that a recording holds. */
const MOST_BYTES = 4 * 1024 * 1024;

/** What happened on one connection of a case, as it can be done again. Times are milliseconds since the first step. */
export type RecordedStep = { readonly at: number; readonly connection: number } & (
  | { readonly do: "open"; readonly name: string; readonly scheme: string }
  /** Bytes in hexadecimal, as they were given to the connection in one go. */
  | { readonly do: "send"; readonly hex: string }
  /** A part of a packet that a later step ends. */
  | { readonly do: "send-part"; readonly hex: string }
  /** A login with an account of the run. The frame is without its name and password, or without its id and token. */
  | { readonly do: "log-in"; readonly account: number; readonly hex: string }
  | { readonly do: "receive"; readonly hex: string }
  | { readonly do: "close" | "reset" | "end-writing" | "pause" | "resume" }
);

/** Everything that the connections of a case did, byte for byte, but for what logs somebody in. */
export interface Recording {
  /** The accounts that were used, whether they have a token, and their user ids when those were known beforehand. */
  readonly accounts: readonly { readonly token: boolean; readonly userId?: string }[];
  readonly steps: readonly RecordedStep[];
  /** When the first step was, in milliseconds since 1970 by the clock of this machine. */
  readonly startedAt?: number;
  /** How long it went on, in milliseconds. */
  readonly lastedMs?: number;
  /** Why the frames alone cannot be played again; undefined when they can. */
  readonly obstacle?: string;
}

type Done = RecordedStep extends infer Step
  ? Step extends RecordedStep
    ? Omit<Step, "at" | "connection">
    : never
  : never;

/** Takes down what the connections of a case do. */
export class CaseRecorder {
  readonly #registry: Registry;
  readonly #secrets: Secrets;
  #begin = performance.now();
  #startedAt = Date.now();
  #steps: RecordedStep[] = [];
  #bytes = 0;
  #connections = 0;
  #obstacle: string | undefined;
  #lastedMs: number | undefined;
  readonly #accounts: Account[] = [];

  /** @param secrets what no recording holds */
  constructor(registry: Registry, secrets: Secrets) {
    this.#registry = registry;
    this.#secrets = secrets;
  }

  /** Forgets what came until now: the case begins anew with other users. */
  restart(): void {
    this.#begin = performance.now();
    this.#startedAt = Date.now();
    this.#steps = [];
    this.#bytes = 0;
    if (this.#obstacle === TOO_LONG) this.#obstacle = undefined;
  }

  /** An account was handed out. */
  account(account: Account): void {
    this.#accounts.push(account);
  }

  /** @returns the number of the connection */
  open(name: string, scheme: string): number {
    const connection = this.#connections++;
    this.#add(connection, { do: "open", name, scheme });
    return connection;
  }

  sent(connection: number, bytes: Uint8Array): void {
    if (!this.#hasRoomFor(bytes)) return;
    const login = this.#loginOf(bytes);
    this.#add(connection, login ? { do: "log-in", ...login } : { do: "send", hex: toHex(bytes) });
  }

  sentPart(connection: number, bytes: Uint8Array): void {
    if (this.#hasRoomFor(bytes)) this.#add(connection, { do: "send-part", hex: toHex(bytes) });
  }

  received(connection: number, bytes: Uint8Array): void {
    if (this.#hasRoomFor(bytes)) this.#add(connection, { do: "receive", hex: toHex(bytes) });
  }

  did(connection: number, what: "close" | "reset" | "end-writing" | "pause" | "resume"): void {
    this.#add(connection, { do: what });
  }

  /** The case is over: what comes now, while its connections are closed, is no part of it. */
  end(): void {
    this.#lastedMs ??= this.#elapsed();
  }

  /**
   * What was recorded, without secrets. Looking for them takes long: only for a recording that is kept.
   * @param obstacle why the case consists of more than frames
   */
  read(obstacle: string | undefined): Recording {
    const why = this.#hideSecrets() ?? this.#obstacle ?? obstacle;
    const accounts = this.#accounts.map(({ user_token, user_id }) => ({
      token: user_token !== undefined,
      ...(user_id !== undefined && { userId: user_id.toString() }),
    }));
    return {
      accounts,
      steps: this.#steps,
      startedAt: this.#startedAt,
      lastedMs: this.#lastedMs ?? this.#elapsed(),
      ...(why !== undefined && { obstacle: why }),
    };
  }

  #elapsed(): number {
    return Math.round(performance.now() - this.#begin);
  }

  #add(connection: number, done: Done): void {
    if (this.#lastedMs !== undefined) return;
    const at = Math.round((performance.now() - this.#begin) * 10) / 10;
    this.#steps.push({ at, connection, ...done } as RecordedStep);
  }

  #hasRoomFor(bytes: Uint8Array): boolean {
    if (this.#lastedMs !== undefined) return false;
    this.#bytes += bytes.length;
    if (this.#bytes <= MOST_BYTES) return true;
    this.#obstacle ??= TOO_LONG;
    return false;
  }

  /** A whole login frame with the right words of an account, without those words. */
  #loginOf(bytes: Uint8Array): { account: number; hex: string } | undefined {
    const command = bytes.length < HEADER_LENGTH ? undefined : this.#registry.byId(readHeader(bytes).command_id);
    const isToken = command?.id === commands.LOGIN_AUTH_TOKEN_REQ.id;
    if (!command || !(isToken || command.id === commands.LOGIN_AUTH_REQ.id)) return undefined;
    if (readHeader(bytes).length !== bytes.length) return undefined;
    const words = decodeBody(command, bytes);
    const account = this.#accounts.findIndex((one) =>
      isToken
        ? one.user_id === words?.["user_id"] && one.user_token === words?.["user_token"]
        : one.user_name === words?.["user_name"] && one.user_pwd === words?.["user_pwd"],
    );
    if (account < 0) return undefined;
    const without = isToken ? { user_id: 0n, user_token: "" } : { user_name: "", user_pwd: "" };
    const frame = encodeFrame(command, { ...words, ...without } as never, readHeader(bytes).seq_num);
    return { account, hex: Buffer.from(frame).toString("hex") };
  }

  /** Blots out what logs somebody in. @returns why the frames cannot be played any more, when one was sent */
  #hideSecrets(): string | undefined {
    let obstacle: string | undefined;
    const steps = [...this.#steps.entries()].flatMap(([at, step]) =>
      "hex" in step && step.do !== "log-in" ? [{ at, step }] : [],
    );
    for (const way of Map.groupBy(steps, ({ step }) => `${step.do === "receive"} ${step.connection}`).values()) {
      const pieces = way.map(({ step }) => Buffer.from(step.hex, "hex"));
      for (const [index, hidden] of hideInStream(pieces, this.#secrets, this.#registry).entries()) {
        const { at, step } = way[index] as (typeof way)[number];
        if (hidden === pieces[index]) continue;
        this.#steps[at] = { ...step, hex: toHex(hidden) };
        if (step.do !== "receive") obstacle = "it logs in with hand-made bytes, which a capsule does not hold";
      }
    }
    return obstacle;
  }
}

const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

const TOO_LONG = `its frames are more than ${MOST_BYTES / 2 ** 20} MiB, more than a capsule holds`;

function decodeBody(command: Command, bytes: Uint8Array): Record<string, unknown> | undefined {
  try {
    return command.body.decode(bytes.subarray(HEADER_LENGTH)) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
