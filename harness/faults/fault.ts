import type { TargetControl } from "../target/index.ts";
import type { FaultyLink } from "./faulty-link.ts";

/** What a fault can act on. */
export interface FaultScene {
  /** The path that every client of the run uses. */
  readonly link: FaultyLink;
  /** The server's process; only faults with `needs: "control"` may rely on it. */
  readonly control: TargetControl | undefined;
  /** Waits while traffic goes on. */
  traffic(milliseconds: number): Promise<void>;
}

/** Something that goes wrong between clients and server, and is over when {@link inflict} ends. */
export interface Fault {
  /** kebab-case, as in `--only NAME`. */
  readonly name: string;
  /** One line: what happens. */
  readonly title: string;
  /** `control`: only for a server that the harness started itself; `link`: for any. */
  readonly needs: "control" | "link";
  /** Makes it go wrong, and well again. */
  inflict(scene: FaultScene): Promise<void>;
}
