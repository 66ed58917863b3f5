import type { Command } from "../../codegen/index.ts";

/** A request whose answer has not come. */
export interface PendingRequest {
  readonly command: Command;
  readonly seqNum: number;
  resolve(reply: unknown): void;
  reject(error: Error): void;
}

/**
 * The requests of one connection that wait for an answer. An answer is found by command id first and then by
 * `seq_num` (wire contract §3.6), so a push that happens to carry the same number is never taken for one. The answer
 * to a heartbeat is found by command id alone (HB-01).
 */
export class PendingRequests {
  readonly #bySeqNum = new Map<number, PendingRequest>();
  /** Those whose answer is numbered as a push, oldest first. */
  #byCommand: PendingRequest[] = [];

  get size(): number {
    return this.#bySeqNum.size + this.#byCommand.length;
  }

  has(seqNum: number): boolean {
    return this.#bySeqNum.has(seqNum);
  }

  add(request: PendingRequest): void {
    if (request.command.replyNumberedAsPush) this.#byCommand.push(request);
    else this.#bySeqNum.set(request.seqNum, request);
  }

  remove(request: PendingRequest): void {
    if (request.command.replyNumberedAsPush) this.#byCommand = this.#byCommand.filter((other) => other !== request);
    else if (this.#bySeqNum.get(request.seqNum) === request) this.#bySeqNum.delete(request.seqNum);
  }

  /** Takes out the request that a frame with this command and number answers. */
  take(commandId: number, seqNum: number): PendingRequest | undefined {
    const numbered = this.#bySeqNum.get(seqNum);
    const found =
      numbered?.command.replyId === commandId
        ? numbered
        : this.#byCommand.find((request) => request.command.replyId === commandId);
    if (found) this.remove(found);
    return found;
  }

  /** Takes out all, in the order they were made. */
  takeAll(): PendingRequest[] {
    const all = [...this.#bySeqNum.values(), ...this.#byCommand];
    this.#bySeqNum.clear();
    this.#byCommand = [];
    return all;
  }
}
