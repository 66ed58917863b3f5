import { type Listeners, type ListenOptions, openListeners } from "../gate/listeners.ts";
import type { Accept } from "../gate/socket.ts";
import { GateChild } from "./gate-child.ts";

/** How long to wait before a gate that ended is replaced, in milliseconds. */
const REPLACE_AFTER_MS = 200;

/** Listeners in processes of their own. */
export interface Gates extends Listeners {
  /** Ends the processes; call it when their clients are gone. */
  end(): Promise<void>;
}

/**
 * Starts gate processes that share the ports; each holds its own sockets, so that a server can have more connections
 * than one process has descriptors. One that ends takes its connections with it and is replaced.
 */
export async function startGates(
  count: number,
  options: Omit<ListenOptions, "shared">,
  accept: Accept,
  log: (line: string) => void,
): Promise<Gates> {
  const gates = new Set<GateChild>();
  let closing = false;
  let { tls } = options;

  const start = async (listen: ListenOptions): Promise<{ tcp: number | null; ws: number | null }> => {
    const gate = new GateChild(accept);
    gates.add(gate);
    const ports = await gate.listen({ ...listen, tls });
    void gate.exited.then(() => {
      gates.delete(gate);
      if (closing) return;
      log(`gate process ${gate.pid} ended; another one takes its place`);
      setTimeout(() => !closing && start(listen).catch((error: Error) => log(error.message)), REPLACE_AFTER_MS);
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
    const shared: ListenOptions = { ...options, shared: true };
    const { tcp, ws } = await start(shared);
    await Promise.all(Array.from({ length: count - 1 }, () => start({ ...shared, tcp, ws })));
    return {
      tcp,
      ws,
      close() {
        closing = true;
        for (const gate of gates) gate.stopListening();
      },
      renewTls(renewed) {
        tls = renewed;
        for (const gate of gates) gate.renewTls(renewed);
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
async function expectFree(options: Omit<ListenOptions, "shared">): Promise<void> {
  const listeners = await openListeners({ ...options, shared: false }, () => undefined);
  listeners.close();
}
