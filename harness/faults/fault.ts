import type { ServiceControl, TargetControl } from "../targets/index.ts";
import type { FaultyLink } from "./faulty-link.ts";

/** What a fault can act on. */
export interface FaultScene {
  /** The path that every client of the run uses. */
  readonly link: FaultyLink;
  /** The server's process; only faults with `needs: "control"` may rely on it. */
  readonly control: TargetControl | undefined;
  /** The services of the server's stack; only faults of {@link serviceFaults} may rely on it. */
  readonly services: ServiceControl | undefined;
  /** Waits while traffic goes on. */
  traffic(milliseconds: number): Promise<void>;
}

/** Something that goes wrong between clients and server, and is over when {@link inflict} ends. */
export interface Fault {
  /** kebab-case, as in `--only NAME`. */
  readonly name: string;
  /** One line: what happens. */
  readonly title: string;
  /**
   * - `link`: any server
   * - `control`: a server that the harness started itself
   * - `disk`: and whose data is on a disk of its own
   */
  readonly needs: "control" | "link" | "disk";
  /** Makes it go wrong, and well again. */
  inflict(scene: FaultScene): Promise<void>;
}
