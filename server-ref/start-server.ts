import type { Server } from "node:net";
import { createPasswordHasher } from "./accounts/password-hash.ts";
import { type AccountMakers, createFileUsers, registrar } from "./accounts/registration.ts";
import { readUsersFile } from "./accounts/users-file.ts";
import { fanOutConduct, gateConduct } from "./gate/conduct.ts";
import { Gate } from "./gate/gate.ts";
import { createTcpServer } from "./gate/tcp.ts";
import { createWebSocketServer } from "./gate/websocket.ts";
import { apiHandlers } from "./http/api.ts";
import { createHttpApp } from "./http/app.ts";
import { createMetrics } from "./http/metrics.ts";
import { listen, stopListening } from "./listeners.ts";
import type { BackgroundEffect } from "./logic/effect.ts";
import { handlersById, sections } from "./logic/handlers.ts";
import { createLocalCalls } from "./logic/local-calls.ts";
import { createRuntime } from "./logic/runtime.ts";
import { createMeter, type Meter } from "./meter.ts";
import { type RunningServer, type ServerOptions, type ServerPorts, type Settings, settingsOf } from "./options.ts";
import { localResponder } from "./robots/responder.ts";
import { webhookResponder } from "./robots/webhook.ts";
import type { Seams } from "./seams.ts";
import { openStore } from "./store/open.ts";
import type { Store } from "./store/store.ts";

/** The parts before they are wired: what mutants may wrap, and what makes accounts. */
interface Parts {
  settings: Settings;
  seams: Seams;
  meter: Meter;
  accounts: AccountMakers;
}

function assemble(settings: Settings, store: Store, meter: Meter): Parts {
  const passwords = createPasswordHasher(settings.passwordCost);
  const { loginTimeoutMs, heartbeatTimeoutMs, ackTimeoutMs } = settings;
  const seams: Seams = {
    handlers: handlersById(),
    userOffline: sections.flatMap(({ userOffline }) => userOffline ?? []),
    store,
    gate: gateConduct(),
    fanOut: fanOutConduct(),
    timers: { loginTimeoutMs, heartbeatTimeoutMs, ackTimeoutMs, isSignOfLife: () => true },
    now: Date.now,
    http: new Map(),
  };
  // The seams may be wrapped after this, so that they are looked up when they are used.
  const accounts: AccountMakers = {
    store: {
      createUser: (user) => seams.store.createUser(user),
      userById: (id) => seams.store.userById(id),
      userByName: (name) => seams.store.userByName(name),
    },
    passwords,
    nowSeconds: () => Math.floor(seams.now() / 1000),
  };
  const findNickname = async (userId: bigint): Promise<string | undefined> =>
    (await seams.store.nicknames([userId])).get(userId);
  seams.http = apiHandlers({ registerAccount: registrar(accounts), findNickname });
  for (const mutant of settings.mutants) mutant.apply(seams);
  return { settings, seams, meter, accounts };
}

/** Gate and logic over the seams. */
function wire({ settings, seams, meter, accounts }: Parts): { gate: Gate; stopLogic(): Promise<void> } {
  const { robotWebhook, robotTimeoutMs } = settings;
  const runtime = createRuntime({
    store: seams.store,
    passwords: accounts.passwords,
    calls: createLocalCalls(),
    callLimits: { answerMs: settings.callAnswerTimeoutMs, heartbeatMs: settings.callHeartbeatTimeoutMs },
    robots:
      robotWebhook === undefined
        ? localResponder
        : webhookResponder({ url: robotWebhook, ...(robotTimeoutMs !== undefined && { timeoutMs: robotTimeoutMs }) }),
    now: () => seams.now(),
    isOnline: (userId) => gate.isOnline(userId),
    emit: (effect: BackgroundEffect) => gate.fanOut(effect, undefined),
    log: settings.log,
  });
  const gate: Gate = new Gate({
    seams,
    context: runtime.context,
    meter,
    limits: settings,
    bus: undefined,
    reportFailure: (handler, error) => {
      meter.requestsFailed++;
      settings.log(`${handler.command.name} failed: ${error instanceof Error ? error.message : error}`);
    },
  });
  return { gate, stopLogic: runtime.stop };
}

/** Everything that listens. */
interface Listening {
  ports: ServerPorts;
  /** Takes no more clients. */
  stopAccepting(): void;
  closeHttp(): Promise<void>;
}

async function listenAll({ settings, seams, meter, accounts }: Parts, gate: Gate): Promise<Listening> {
  const { host, tls, maxFrameLength, loginTimeoutMs, log } = settings;
  const servers: Server[] = [];
  const ports: ServerPorts = { tcp: null, ws: null, http: null };
  let draining = false;
  const accept = gate.accept.bind(gate);
  const app = createHttpApp({
    handlers: seams.http,
    probes: {
      unreadyReason: async () => {
        if (draining) return "draining";
        return seams.store.ping().then(
          () => undefined,
          (error: Error) => `the store fails: ${error.message}`,
        );
      },
      metrics: createMetrics(meter, { passwords: () => accounts.passwords.waiting }),
    },
    onFailure: (path, error) => log(`${path} failed: ${error instanceof Error ? error.message : error}`),
  });
  const listening: Listening = {
    ports,
    stopAccepting() {
      draining = true;
      for (const server of servers) stopListening(server);
    },
    closeHttp: () => app.close(),
  };
  try {
    if (settings.tcp !== null) {
      const server = createTcpServer(accept, { tls, handshakeTimeoutMs: loginTimeoutMs });
      servers.push(server);
      ports.tcp = await listen(server, host, settings.tcp);
    }
    if (settings.ws !== null) {
      const server = createWebSocketServer(accept, { maxFrameLength, handshakeTimeoutMs: loginTimeoutMs }, tls);
      servers.push(server);
      ports.ws = await listen(server, host, settings.ws);
    }
    if (settings.http !== null) {
      await app.listen({ host, port: settings.http });
      ports.http = (app.server.address() as { port: number }).port;
    }
    return listening;
  } catch (error) {
    listening.stopAccepting();
    await listening.closeHttp();
    throw error;
  }
}

/**
 * Starts a reference server; fulfilled when it listens.
 * @throws StoreError when the store cannot be opened, UsersFileError, or the system's error when a port is taken
 */
export async function startServer(options: ServerOptions = {}): Promise<RunningServer> {
  const settings = settingsOf(options);
  const meter = createMeter();
  const store = await openStore(settings.store, {
    durability: settings.durability,
    committed: (durationMs, operations) => meter.committed(durationMs, operations),
  });
  try {
    const parts = assemble(settings, store, meter);
    if (settings.usersFile !== undefined) {
      await createFileUsers(await readUsersFile(settings.usersFile), parts.accounts);
    }
    const { gate, stopLogic } = wire(parts);
    const listening = await listenAll(parts, gate);
    const stop = async (graceMs: number): Promise<void> => {
      listening.stopAccepting();
      await gate.drain(graceMs);
      await stopLogic();
      await listening.closeHttp();
      await store.close();
    };
    let stopped: Promise<void> | undefined;
    return {
      ports: listening.ports,
      stop(graceMs = 5000) {
        stopped ??= stop(graceMs);
        return stopped;
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}
