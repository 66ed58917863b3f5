import { type CIMMsgData, CIMMsgType, commands } from "../../../../codegen/index.ts";
import type { Address } from "../../../../harness/client/index.ts";
import { type CaseContext, type Peer, RuleFailure, type TestUser } from "../../../../harness/runner/index.ts";

/** A message as the model knows it. */
export interface KnownMessage {
  /** The conversation, for order within it. */
  readonly talk: object;
  readonly clientId: string;
  readonly serverId: bigint;
  readonly from: bigint;
  /** The id that senders address: the receiver's, or the group's. */
  readonly to: bigint;
  readonly content: string;
}

/** One connection of a user, and what it must still get. */
export class Device {
  peer: Peer;
  /** Where it connects, also when it comes back. */
  readonly address: Address;
  #looked = 0;
  #callsDue = 0;
  readonly #due: KnownMessage[] = [];

  constructor(peer: Peer, address: Address) {
    this.peer = peer;
    this.address = address;
  }

  /** Messages that are on their way, the next one first. */
  get due(): number {
    return this.#due.length + this.#callsDue;
  }

  owe(message: KnownMessage): void {
    this.#due.push(message);
  }

  /** The record of a call, whose ids the target makes (VOIP-12). */
  oweCallRecord(): void {
    this.#callsDue += 1;
  }

  /** The connection is another one: what was under way is lost, history has it. */
  replace(peer: Peer): void {
    this.peer = peer;
    this.#looked = 0;
    this.#due.length = 0;
    this.#callsDue = 0;
  }

  /**
   * Looks at what has come since the last time.
   * @param mayCome whether a push that is not due is legal all the same (PUSH-04: another device's own message)
   * @throws RuleFailure for a push that is not the next one due
   */
  look(mayCome: (push: CIMMsgData) => boolean): void {
    for (const { command, message } of this.peer.inbox.since(this.#looked)) {
      this.#looked += 1;
      if (command?.id !== commands.MSG_DATA.id || message === undefined) continue;
      const push = message as CIMMsgData;
      if (push.msg_type === CIMMsgType.kCIM_MSG_TYPE_NOTIFACATION || mayCome(push)) continue;
      if (push.msg_type === CIMMsgType.kCIM_MSG_TYPE_AVCHAT && this.#callsDue > 0) this.#callsDue -= 1;
      else this.#take(push);
    }
  }

  #take(push: CIMMsgData): void {
    const next = this.#due.findIndex(({ clientId }) => clientId === push.client_msg_id);
    const { name } = this.peer;
    if (next < 0) throw new RuleFailure(`nothing more is pushed to ${name}`, `a push of ${tell(push)}`);
    // One conversation keeps its order; several of them may overtake each other.
    const [due] = this.#due.splice(next, 1) as [KnownMessage];
    const earlier = this.#due.slice(0, next).find(({ talk }) => talk === due.talk);
    if (earlier) {
      throw new RuleFailure(
        `message ${earlier.serverId} reaches ${name} before message ${due.serverId}`,
        `message ${due.serverId} first`,
      );
    }
    const text = new TextDecoder().decode(push.msg_data);
    const got = `server_msg_id ${push.server_msg_id}, from ${push.from_user_id}, to ${push.to_session_id}, "${text}"`;
    const wanted = `server_msg_id ${due.serverId}, from ${due.from}, to ${due.to}, "${due.content}"`;
    if (got !== wanted) throw new RuleFailure(`${name} gets ${wanted}`, got);
  }
}

function tell({ client_msg_id, server_msg_id, from_user_id, to_session_id }: CIMMsgData): string {
  return `message ${client_msg_id} (server_msg_id ${server_msg_id}) of user ${from_user_id} to ${to_session_id}`;
}

/** A user who is online, with all devices. */
export class Person {
  readonly user: TestUser;
  readonly devices: readonly Device[];
  #turn = 0;

  private constructor(user: TestUser, devices: readonly Device[]) {
    this.user = user;
    this.devices = devices;
  }

  /** Logs a fresh user in on several devices; every second one goes over WebSocket where the target has it. */
  static async logIn(t: CaseContext, name: string, devices: number): Promise<Person> {
    const user = await t.user();
    const { address, webSocket = address } = t.around;
    const peers: Device[] = [];
    for (let number = 1; number <= devices; number++) {
      const place = number % 2 === 0 ? webSocket : address;
      peers.push(new Device(await t.login(user, `${name}/${number}`, place), place));
    }
    return new Person(user, peers);
  }

  get id(): bigint {
    return this.user.user_id;
  }

  get first(): Device {
    return this.devices[0] as Device;
  }

  /** One device after the other, so that each gets to act. */
  nextDevice(): Device {
    this.#turn = (this.#turn + 1) % this.devices.length;
    return this.devices[this.#turn] as Device;
  }

  get name(): string {
    return this.first.peer.name.split("/")[0] ?? "";
  }

  /**
   * Waits until everything due has come to every device.
   * @param resent client ids of messages that were sent again
   * @param patienceMs longest wait, for each device
   * @throws RuleFailure when something does not come, or comes twice
   */
  async settle(resent: ReadonlySet<string>, patienceMs: number): Promise<void> {
    for (const device of this.devices) {
      // One's own message on one's other devices, and a second push of what was sent again: the rules leave both open.
      const mayCome = (push: CIMMsgData): boolean => push.from_user_id === this.id || resent.has(push.client_msg_id);
      const { peer } = device;
      const done = await peer.until(() => {
        device.look(mayCome);
        return device.due === 0 || peer.closing ? true : undefined;
      }, patienceMs);
      if (peer.closing) throw new RuleFailure(`${peer.name} stays connected`, "the target closed the connection");
      if (!done) {
        const waited = `${device.due} of them have not come within ${patienceMs} ms`;
        throw new RuleFailure(`every message is pushed to ${peer.name}`, waited);
      }
    }
  }
}
