import { type DoorOptions, type Doors, openDoors } from "../gate/doors.ts";
import type { Accept } from "../gate/socket.ts";
import { GateChild } from "./gate-child.ts";

/** How long to wait before a gate that ended is replaced, in milliseconds. */
const REPLACE_AFTER_MS = 200;

/** Doors that other processes hold open. */
export interface Gates extends Doors {
  /** Ends the processes; call it when their clients are gone. */
  end(): Promise<void>;
}

/**
 * Starts gate processes that share the ports; each holds its own sockets, so that a server can have more connections
 * than one process has descriptors. One that ends takes its connections with it and is replaced.
 */
export async function startGates(
  count: number,
  options: Omit<DoorOptions, "shared">,
  accept: Accept,
  log: (line: string) => void,
): Promise<Gates> {
  const gates = new Set<GateChild>();
  let closing = false;

  const start = async (door: DoorOptions): Promise<{ tcp: number | null; ws: number | null }> => {
    const gate = new GateChild(accept);
    gates.add(gate);
    const ports = await gate.listen(door);
    void gate.exited.then(() => {
      gates.delete(gate);
      if (closing) return;
      log(`gate process ${gate.pid} ended; another one takes its place`);
      setTimeout(() => !closing && start(door).catch((error: Error) => log(error.message)), REPLACE_AFTER_MS);
    });
    return ports;
  };
  const end = async (): Promise<void> => {
    closing = true;
    await Promise.all([...gates].map((gate) => gate.end()));
  };

  await expectFree(options);
  try {
    // The first one finds out which ports are free.
    const shared: DoorOptions = { ...options, shared: true };
    const { tcp, ws } = await start(shared);
    await Promise.all(Array.from({ length: count - 1 }, () => start({ ...shared, tcp, ws })));
    return {
      tcp,
      ws,
      close() {
        closing = true;
        for (const gate of gates) gate.stopListening();
      },
      end,
    };
  } catch (error) {
    await end();
    throw error;
  }
}

/**
 * Shared ports can be shared with a stranger's server, which would then get a part of our clients.
 * @throws the system's error when another process listens on one of the ports
 */
async function expectFree(options: Omit<DoorOptions, "shared">): Promise<void> {
  const doors = await openDoors({ ...options, shared: false }, () => undefined);
  doors.close();
}
