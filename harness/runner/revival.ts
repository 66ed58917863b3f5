import type { TargetControl } from "../targets/index.ts";
import type { TargetLiveness } from "./liveness.ts";
import type { SicknessWatch } from "./sickness-watch.ts";

/** How often a target that the harness has started is started again after it died. */
const MOST_REVIVALS = 10;

/** Whether the target takes connections; one that the harness has started is started again when it does not. */
export class Revival {
  readonly #target: TargetLiveness;
  readonly #control: TargetControl | undefined;
  readonly #sickness: () => SicknessWatch | undefined;
  #revivals = 0;
  #reviving: Promise<boolean> | undefined;

  /** @param sickness told of each revival: while nobody finds out what the target has died of, it stays dead */
  constructor(target: TargetLiveness, control: TargetControl | undefined, sickness: () => SicknessWatch | undefined) {
    this.#target = target;
    this.#control = control;
    this.#sickness = sickness;
  }

  /** Callers at the same time share one look. */
  isAlive(): Promise<boolean> {
    this.#reviving ??= this.#revive().finally(() => {
      this.#reviving = undefined;
    });
    return this.#reviving;
  }

  async #revive(): Promise<boolean> {
    if (await this.#target.isAlive()) return true;
    const sickness = this.#sickness();
    if (this.#target.isInterrupted) return false;
    if (!this.#control || !sickness || ++this.#revivals > MOST_REVIVALS) return false;
    const at = performance.now();
    try {
      await this.#control.crash();
    } catch {
      return false;
    }
    sickness.restarted(at);
    return await this.#target.isAlive();
  }
}
