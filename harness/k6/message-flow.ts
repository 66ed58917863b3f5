import { type CIMMsgData, CIMResCode, CIMSessionType, commands } from "../../codegen/index.ts";
import { Tracks } from "../check/track.ts";
import type { SessionChecks } from "./checks.ts";
import type { K6Client } from "./client.ts";
import { deadline, now, sleep } from "./clock.ts";
import type { MarkedMessages } from "./messages.ts";
import { counters, lateness, record } from "./metrics.ts";

/** How often the end of what is on its way is looked for, milliseconds. */
const QUIET_CHECK_MS = 50;

/** What a flow needs beside its users. */
export interface FlowSurroundings {
  readonly checks: SessionChecks;
  readonly messages: MarkedMessages;
  /** Metric of the time from intended sending to each delivery. */
  readonly deliveryMetric: "msg_e2e" | "fanout";
}

/**
 * The messages of one sender to one conversation, followed to every receiver: order, duplicates, content and loss are
 * checked, and latencies count from the time at which each message was meant to leave.
 */
export class MessageFlow {
  readonly #sender: K6Client;
  readonly #number: number;
  readonly #session: { to_session_id: bigint; session_type: CIMSessionType };
  readonly #receivers: number;
  readonly #surroundings: FlowSurroundings;
  readonly #tracks = new Tracks();
  readonly #intended: number[] = [];
  readonly #acknowledged: boolean[] = [];
  #waiting = 0;
  #deliveries = 0;

  /**
   * @param number of the sender within the virtual user: it is part of every message
   * @param receivers how many connections are to receive each message
   */
  constructor(
    sender: K6Client,
    number: number,
    session: { to_session_id: bigint; session_type: CIMSessionType },
    receivers: number,
    surroundings: FlowSurroundings,
  ) {
    this.#sender = sender;
    this.#number = number;
    this.#session = session;
    this.#receivers = receivers;
    this.#surroundings = surroundings;
    this.#tracks.add(receivers);
  }

  /**
   * Sends the next message.
   * @param at when it was meant to leave, on the clock of `now`
   * @returns when it is acknowledged, or known not to be
   */
  async send(at: number): Promise<void> {
    const { checks, messages } = this.#surroundings;
    const index = this.#intended.push(at) - 1;
    const content = messages.write(this.#number, index);
    const { user } = this.#sender;
    lateness.add(Math.max(0, now() - at));
    this.#waiting += 1;
    checks.checked("acknowledgement");
    try {
      const request = { from_user_id: user.user_id, from_nick_name: user.nick_name, ...this.#session, ...content };
      counters.sent.add(1);
      const ack = await this.#sender.request(commands.MSG_DATA, request);
      record("msg_ack", now() - at);
      if (ack.client_msg_id === content.client_msg_id && ack.res_code === CIMResCode.kCIM_RES_CODE_OK) {
        this.#acknowledged[index] = true;
        counters.acknowledged.add(1);
      } else {
        const got = `res_code ${ack.res_code} for ${ack.client_msg_id}`;
        checks.violated("acknowledgement", `message ${index} of ${this.#name} was answered with ${got}`);
      }
    } catch (error) {
      checks.violated("acknowledgement", `message ${index} of ${this.#name}: ${(error as Error).message}`);
    } finally {
      this.#waiting -= 1;
    }
  }

  /**
   * Takes a message that a receiver got.
   * @param receiver number of the receiver, from 0 on
   * @param index of the message, from its mark
   */
  receive(receiver: number, index: number, message: CIMMsgData): void {
    const { checks, messages, deliveryMetric } = this.#surroundings;
    for (const name of ["order", "duplicates", "content"] as const) checks.checked(name);
    const arrival = this.#tracks.arrive(receiver, index);
    if (arrival === "duplicate") {
      checks.violated("duplicates", `message ${index} of ${this.#name} came twice to receiver ${receiver}`);
      return;
    }
    if (arrival === "late") {
      checks.violated("order", `message ${index} of ${this.#name} came to receiver ${receiver} after a later one`);
    }
    if (!messages.isIntact(message.client_msg_id, message.msg_data)) {
      checks.violated("content", `message ${index} of ${this.#name} came with another content to receiver ${receiver}`);
    }
    this.#deliveries += 1;
    counters.delivered.add(1);
    const intended = this.#intended[index];
    if (intended !== undefined) record(deliveryMetric, now() - intended);
  }

  /** Waits for what is on its way, at most `drainMs`, then counts acknowledged messages that never came as lost. */
  async finish(drainMs: number): Promise<void> {
    const { checks } = this.#surroundings;
    let isLate = false;
    const clearDeadline = deadline(() => {
      isLate = true;
    }, drainMs);
    const expected = (): number => this.#acknowledged.filter(Boolean).length * this.#receivers;
    while ((this.#waiting > 0 || this.#deliveries < expected()) && !isLate) await sleep(QUIET_CHECK_MS);
    clearDeadline();
    checks.checked("loss", expected());
    for (let receiver = 0; receiver < this.#receivers; receiver++) {
      for (const index of this.#tracks.missingBelow(receiver, this.#intended.length)) {
        if (!this.#acknowledged[index]) continue;
        checks.violated("loss", `message ${index} of ${this.#name} was acknowledged and never came to ${receiver}`);
      }
    }
  }

  get #name(): string {
    const { to_session_id, session_type } = this.#session;
    const isGroup = session_type === CIMSessionType.kCIM_SESSION_TYPE_GROUP;
    return `user ${this.#sender.user.user_id} to ${isGroup ? "group" : "user"} ${to_session_id}`;
  }
}

/** Hands the marked messages that a client receives to the flow that they belong to. */
export function routeMessages(
  client: K6Client,
  messages: MarkedMessages,
  flowOf: (sender: number) => { flow: MessageFlow; receiver: number } | undefined,
): void {
  client.on(commands.MSG_DATA, (message) => {
    const mark = messages.read(message.client_msg_id);
    const route = mark && flowOf(mark.sender);
    if (mark && route) route.flow.receive(route.receiver, mark.index, message);
  });
}
