import {
  CIMErrorCode,
  type CIMGetMsgListRsp,
  CIMMsgType,
  type CIMRecentContactSessionRsp,
  CIMSessionType,
  type Command,
  commands,
} from "../../codegen/index.ts";
import type { Account } from "../accounts/index.ts";
import { awakeTimeout } from "../awake-timeout.ts";
import type { Address } from "../client/index.ts";
import { CaseContext, type CaseSurroundings, type TestUser } from "./case-context.ts";
import { CouldNotRun, isCaseEnd, RuleFailure } from "./failure.ts";
import { letGo } from "./let-go.ts";
import type { Peer } from "./peer.ts";

/** What every case builds on, in the order in which it is asked for. */
export type Service = "register or log in" | "register" | "log in" | "send" | "read";

/** What the target does not do for the canary. */
export interface Refusal {
  readonly service: Service;
  /** Why, as a case would say it. */
  readonly why: string;
}

/** Longest time for all that the canary asks, in milliseconds. */
const DEADLINE_MS = 10_000;
/** Heartbeats of the witness within the heartbeat timer of the target. */
const HEARTBEATS_PER_TIMER = 4;

/** A target that has served the canary within this time has answered by itself, in milliseconds. */
const PROMPT_MS = 500;
/** How long nothing must come before the next request is sent, and within which the answer to the one before comes then. */
const HELD_MS = 1_500;

/** A user of the run itself who logs in and talks when nobody else does: whether the target still serves anybody. */
export class Canary {
  readonly #around: CaseSurroundings;
  readonly #interrupt: AbortSignal;
  /** What it was refused when the run began, and so is not asked for later. */
  readonly #neverServed = new Set<Service>();
  /** An account that could log in once. */
  #own: Account | undefined;
  #asked = 0;
  #unasked = 0;
  readonly #mixedUp = new Map<string, string>();
  /** How long it took to be introduced, in milliseconds. */
  #introducedMs = 0;

  /** @param interrupt raised when nobody wants to know any more; what it comes to then says nothing */
  constructor(around: CaseSurroundings, interrupt: AbortSignal) {
    this.#around = around;
    this.#interrupt = interrupt;
  }

  /** Asks for everything for the first time. What is refused now is nothing new later. */
  async introduce(): Promise<Refusal | undefined> {
    const begun = performance.now();
    const refusal = await this.#ask((t, alice, bob) => this.#lookForMixUps(t, alice, bob));
    this.#introducedMs = performance.now() - begun;
    if (refusal?.service === "send" || refusal?.service === "read") {
      for (const service of ["send", "read"] as const) this.#neverServed.add(service);
    }
    return refusal;
  }

  /** Packets that came when it was asked last, and that nobody had asked for. */
  get unasked(): number {
    return this.#unasked;
  }

  /**
   * What was given to a user although it belongs to another, by the name of the request: in words, as a sentence about the
   * target ends. Looked for when the run began, and nobody else asked.
   */
  get mixedUp(): ReadonlyMap<string, string> {
    return this.#mixedUp;
  }

  /** @returns undefined when the target serves it */
  async ask(): Promise<Refusal | undefined> {
    return await this.#ask(async () => {});
  }

  /** @param more what else is asked of two users who have talked */
  async #ask(more: (t: CaseContext, alice: Peer, bob: Peer) => Promise<void>): Promise<Refusal | undefined> {
    const over = this.#untilInterrupted();
    const { timeoutScale } = this.#around;
    const late = new CouldNotRun(`nothing came within ${DEADLINE_MS * timeoutScale} ms`);
    const clearDeadline = awakeTimeout(() => over.abort(late), DEADLINE_MS * timeoutScale);
    const t = new CaseContext(`canary/${++this.#asked}`, this.#around, over.signal);
    t.onFlood = (why) => over.abort(new CouldNotRun(why));
    let service: Service = "register";
    try {
      const account = await this.#account(t);
      service = "log in";
      const alice = await t.login(account, "canary");
      this.#own ??= account;
      if (this.isFew || this.#neverServed.has("send")) return undefined;
      const bob = await t.freshLogin("canary's friend");
      service = "send";
      const id = await sendWord(t, alice, bob.user);
      service = "read";
      // What is not its own says nothing.
      if (!this.#mixedUp.has(commands.LIST_MSG_REQ.name)) await readWord(bob.peer, alice, id);
      await more(t, alice, bob.peer);
      return undefined;
    } catch (error) {
      if (!isCaseEnd(error)) throw error;
      if (service === "register" && !(await this.#logsInAgain())) service = "register or log in";
      return { service, why: error.message };
    } finally {
      clearDeadline();
      over.abort(new CouldNotRun("the canary has been asked"));
      this.#unasked = t.peers.reduce((sum, { inbox }) => sum + inbox.unasked, 0);
      await t.leave();
    }
  }

  /** Asks as somebody to whom nobody has written, right behind one who has a conversation. */
  async #lookForMixUps(t: CaseContext, alice: Peer, bob: Peer): Promise<void> {
    let asksSessions = false;
    try {
      const carol = (await t.freshLogin("canary's stranger")).peer;
      await askHistory(bob, alice);
      const history = await askHistory(carol, alice);
      if (history.msg_list.length > 0) this.#mixedUp.set(commands.LIST_MSG_REQ.name, "the history of somebody else");
      asksSessions = true;
      await askSessions(bob);
      const list = await askSessions(carol);
      const isOthers = list.contact_session_list.some(({ session_id }) => session_id === alice.self);
      const { name } = commands.LIST_RECENT_CONTACT_SESSION_REQ;
      if (isOthers) this.#mixedUp.set(name, "the session list of somebody else");
    } catch (error) {
      // What is not answered mixes nothing up.
      if (!isCaseEnd(error)) throw error;
      if (asksSessions) this.#around.census?.late.add(commands.LIST_RECENT_CONTACT_SESSION_REQ.name);
    }
    await this.#lookForLateHeartbeats(alice);
  }

  /** Heartbeats stand behind every "nothing came": whether their answers come in time. */
  async #lookForLateHeartbeats(peer: Peer): Promise<void> {
    try {
      await peer.answer(peer.send(commands.LOGIN_HEARTBEAT, {}));
    } catch (error) {
      if (!isCaseEnd(error)) throw error;
      if (peer.isServed) this.#around.census?.late.add(commands.LOGIN_HEARTBEAT.name);
    }
  }

  /**
   * Logs in at a second address of the target with the account that could log in at the first.
   * @returns why it was refused; undefined when it was not, or when there was no answer
   */
  async refusalAt(address: Address): Promise<string | undefined> {
    const account = this.#own;
    if (account === undefined || this.#interrupt.aborted) return undefined;
    const over = this.#untilInterrupted();
    const t = new CaseContext(`canary/${++this.#asked}`, this.#around, over.signal);
    try {
      const peer = await t.connect("canary", address);
      const { user_name, user_pwd } = account;
      const { result_code } = await peer.ask(commands.LOGIN_AUTH_REQ, { user_name, user_pwd });
      return result_code === CIMErrorCode.kCIM_ERR_SUCCESS ? undefined : `result_code ${result_code}`;
    } catch (error) {
      if (!isCaseEnd(error)) throw error;
      return undefined;
    } finally {
      over.abort(new CouldNotRun("the canary has been asked"));
      await t.leave();
    }
  }

  /**
   * Whether an answer comes only when the next request has come. Costs nothing where the first talk went on at once.
   */
  async waitsForNextRequest(): Promise<boolean> {
    if (this.#introducedMs < PROMPT_MS || this.#interrupt.aborted) return false;
    const over = this.#untilInterrupted();
    const t = new CaseContext(`canary/${++this.#asked}`, this.#around, over.signal);
    try {
      return await this.#drawAnswers(t);
    } catch (error) {
      if (!isCaseEnd(error)) throw error;
      return false;
    } finally {
      over.abort(new CouldNotRun("the canary has been asked"));
      await t.leave();
    }
  }

  /** Sends one request behind the other, each when nothing has come for a while, and looks when the answers come. */
  async #drawAnswers(t: CaseContext): Promise<boolean> {
    const { user_name, user_pwd } = await this.#account(t);
    const peer = await t.connect("canary");
    const forMs = HELD_MS * this.#around.timeoutScale;
    const comes = async (command: Command, count: number, withinMs: number = forMs): Promise<boolean> =>
      (await peer.until(() => (peer.inbox.count(command) >= count ? true : undefined), withinMs)) === true;
    const logIn = (): void => void peer.send(commands.LOGIN_AUTH_REQ, { user_name, user_pwd });
    logIn();
    if (!(await comes(commands.LOGIN_AUTH_RSP, 1))) logIn();
    if (!(await comes(commands.LOGIN_AUTH_RSP, 1))) return false;
    peer.self = peer.seen(commands.LOGIN_AUTH_RSP)[0]?.user_info?.user_id ?? 0n;
    const beat = (): void => void peer.send(commands.LOGIN_HEARTBEAT, {});
    beat();
    if (await comes(commands.LOGIN_HEARTBEAT, 1)) return false;
    beat();
    if (!(await comes(commands.LOGIN_HEARTBEAT, 1))) return false;
    // A slow target would answer the second as well, without being asked again.
    const patienceMs = Math.min(t.patienceMs, this.#around.timers.heartbeat / 2);
    if (await comes(commands.LOGIN_HEARTBEAT, 2, patienceMs)) return false;
    beat();
    return await comes(commands.LOGIN_HEARTBEAT, 2);
  }

  /** How many of so many logins with one account are served, each on a connection of its own, at the same time. */
  async loginsServed(count: number): Promise<number> {
    const over = this.#untilInterrupted();
    const t = new CaseContext(`canary/${++this.#asked}`, this.#around, over.signal);
    try {
      const account = await this.#account(t);
      const logins = Array.from({ length: count }, (_, at) => t.login(account, `canary ${at + 1}`));
      const ends = await Promise.allSettled(logins);
      for (const end of ends) if (end.status === "rejected" && !isCaseEnd(end.reason)) throw end.reason;
      return ends.filter(({ status }) => status === "fulfilled").length;
    } catch (error) {
      if (!isCaseEnd(error)) throw error;
      return 0;
    } finally {
      over.abort(new CouldNotRun("the canary has been asked"));
      await t.leave();
    }
  }

  /**
   * With what an account is refused that logs in by token.
   * @returns its result code; undefined when it is let in, or when there was no answer
   */
  async tokenRefusal(account: { readonly user_id: bigint; readonly user_token: string }): Promise<number | undefined> {
    const over = this.#untilInterrupted();
    const t = new CaseContext(`canary/${++this.#asked}`, this.#around, over.signal);
    try {
      const peer = await t.connect("canary");
      const { user_id, user_token } = account;
      const { result_code } = await peer.ask(commands.LOGIN_AUTH_TOKEN_REQ, { user_id, user_token });
      return result_code === CIMErrorCode.kCIM_ERR_SUCCESS ? undefined : result_code;
    } catch (error) {
      if (!isCaseEnd(error)) throw error;
      return undefined;
    } finally {
      over.abort(new CouldNotRun("the canary has been asked"));
      await letGo(t.peers);
    }
  }

  /**
   * How many connections are kept of so many that come one behind the other and say nothing.
   * @param forMs how long is waited for the end of those that are turned away, in milliseconds
   */
  async connectionsKept(count: number, forMs: number): Promise<number> {
    const over = this.#untilInterrupted();
    const t = new CaseContext(`canary/${++this.#asked}`, this.#around, over.signal);
    try {
      for (let at = 1; at <= count; at++) await t.connect(`canary ${at}`);
      await t.peers.at(-1)?.closed(forMs);
    } catch (error) {
      // Whoever is refused has shown as much.
      if (!isCaseEnd(error)) throw error;
    }
    const kept = t.peers.filter(({ closing }) => closing === undefined).length;
    over.abort(new CouldNotRun("the canary has been asked"));
    await letGo(t.peers);
    return kept;
  }

  /**
   * How many packets come that nobody asked for to a user who only listens.
   * @param enough ends the listening as soon as so many have come
   * @param forMs how long it listens at most, in milliseconds
   */
  async listen(enough: number, forMs: number): Promise<number> {
    const over = new AbortController();
    const listener = await this.witness(over.signal);
    await listener?.until(() => (listener.inbox.unasked >= enough ? true : undefined), forMs);
    over.abort(new CouldNotRun("the canary has listened"));
    listener?.release();
    return listener?.inbox.unasked ?? 0;
  }

  /** Ends what is asked: whoever asked, or the interrupt. */
  #untilInterrupted(): AbortController {
    const over = new AbortController();
    const stop = (): void => over.abort(new CouldNotRun("the run was interrupted"));
    if (this.#interrupt.aborted) stop();
    // Gone with what it ends.
    else this.#interrupt.addEventListener("abort", stop, { once: true, signal: over.signal });
    return over;
  }

  /** Whether the account that could log in once still can; true while there is none. */
  async #logsInAgain(): Promise<boolean> {
    if (!this.#own) return true;
    const over = this.#untilInterrupted();
    const later = new CaseContext(`canary/${this.#asked}-again`, this.#around, over.signal);
    try {
      await later.login(this.#own, "canary");
      return true;
    } catch (error) {
      if (!isCaseEnd(error)) throw error;
      return false;
    } finally {
      over.abort(new CouldNotRun("the canary has been asked"));
      for (const peer of later.peers) peer.release();
    }
  }

  /** A user who only listens, beside the cases: whoever ends that connection, too, ends everybody's. */
  async witness(signal: AbortSignal, account?: Account): Promise<Peer | undefined> {
    const t = new CaseContext(`canary/witness-${++this.#asked}`, this.#around, signal);
    try {
      const witness = await t.login(account ?? (await this.#account(t)), "witness");
      // Nobody's heartbeat timer may end it (HB-02), or it would tell of a crash that there was not.
      witness.keepAlive(this.#around.timers.heartbeat / HEARTBEATS_PER_TIMER);
      return witness;
    } catch (error) {
      if (!isCaseEnd(error)) throw error;
      return undefined;
    }
  }

  /** Users who only listen, each with an account of its own as long as a list has some that no case has taken. */
  async listeners(count: number, signal: AbortSignal): Promise<Peer[]> {
    const accounts = this.isFew ? await this.#spares(count, signal) : Array.from({ length: count }, () => undefined);
    const opened: (Peer | undefined)[] = [];
    // One behind the other: of a target that ends one connection of a few in a row theirs is the third, or the fifth.
    for (const account of accounts) opened.push(await this.witness(signal, account));
    return opened.filter((peer) => peer !== undefined);
  }

  /** Accounts of a list that no case has taken, and which cases may still take; where none is left, the canary's own. */
  async #spares(count: number, signal: AbortSignal): Promise<(Account | undefined)[]> {
    const { accounts } = this.#around;
    const spares: Account[] = [];
    try {
      while (spares.length < count) spares.push(await accounts.take(signal));
    } catch {
      // The list has no more.
    }
    for (const account of spares) accounts.putBack?.(account);
    return spares.length > 0 ? spares : [undefined];
  }

  /** Whether accounts are counted, so that cases may need every one of them. */
  get isFew(): boolean {
    return Number.isFinite(this.#around.accounts.size);
  }

  /** A new account where the run registers them; of a list one, again and again, which a case gets as well. */
  async #account(t: CaseContext): Promise<Account> {
    if (!this.isFew) return await t.accountMadeNow();
    if (!this.#own) {
      this.#own = await t.account();
      this.#around.accounts.putBack?.(this.#own);
    }
    return this.#own;
  }
}

async function sendWord(t: CaseContext, from: Peer, to: TestUser): Promise<string> {
  const client_msg_id = t.random.uuid();
  await from.ask(commands.MSG_DATA, {
    from_user_id: from.self ?? 0n,
    from_nick_name: from.name,
    to_session_id: to.user_id,
    client_msg_id,
    msg_type: CIMMsgType.kCIM_MSG_TYPE_TEXT,
    session_type: CIMSessionType.kCIM_SESSION_TYPE_SINGLE,
    msg_data: Buffer.from("tweet"),
  });
  return client_msg_id;
}

async function readWord(reader: Peer, writer: Peer, id: string): Promise<void> {
  const { msg_list } = await askHistory(reader, writer);
  if (msg_list.some((one) => one.client_msg_id === id)) return;
  throw new RuleFailure("the canary's message is in the history", `${msg_list.length} other messages are`);
}

async function askHistory(reader: Peer, writer: Peer): Promise<CIMGetMsgListRsp> {
  return await reader.ask(commands.LIST_MSG_REQ, {
    user_id: reader.self ?? 0n,
    session_type: CIMSessionType.kCIM_SESSION_TYPE_SINGLE,
    session_id: writer.self ?? 0n,
    end_msg_id: 0n,
    limit_count: 10,
  });
}

async function askSessions(peer: Peer): Promise<CIMRecentContactSessionRsp> {
  return await peer.ask(commands.LIST_RECENT_CONTACT_SESSION_REQ, { user_id: peer.self ?? 0n });
}
