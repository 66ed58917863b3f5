import { cimRegistry } from "../codegen/index.ts";
import { createPasswordHasher } from "./accounts/password-hash.ts";
import { type AccountServices, createFileUsers, registrar } from "./accounts/registration.ts";
import { readUsersFile } from "./accounts/users-file.ts";
import { openShared, type Shared } from "./bus/open.ts";
import { defaultFanOutSeam, defaultGateSeam } from "./gate/default-seams.ts";
import { Gate } from "./gate/gate.ts";
import { type Listeners, openListeners } from "./gate/listeners.ts";
import { apiHandlers } from "./http/api.ts";
import { createHttpApp } from "./http/app.ts";
import type { HttpListener } from "./http/listener.ts";
import { createMetrics } from "./http/metrics.ts";
import { registrationLimit } from "./http/registration-limit.ts";
import { registrationTurns } from "./http/registration-turns.ts";
import { endOverdueCalls } from "./logic/call-end.ts";
import type { BackgroundEffect } from "./logic/effect.ts";
import { handlersById, sections } from "./logic/handlers.ts";
import { createRuntime } from "./logic/runtime.ts";
import { createMeter, type Meter } from "./meter.ts";
import { type RunningServer, type ServerOptions, type ServerPorts, type Settings, settingsOf } from "./options.ts";
import { type Gates, startGates } from "./processes/gates.ts";
import { localResponder } from "./robots/responder.ts";
import { webhookResponder } from "./robots/webhook.ts";
import type { Seams } from "./seams.ts";
import { openStore } from "./store/open.ts";
import type { Store } from "./store/store.ts";

/** How late the end of an overdue call may be noticed, in milliseconds. */
const CALL_TICK_MS = 100;

/** The parts before they are wired: what mutants may wrap, and what makes accounts. */
interface Parts {
  settings: Settings;
  seams: Seams;
  meter: Meter;
  accounts: AccountServices;
}

function assemble(settings: Settings, store: Store, meter: Meter): Parts {
  const passwords = createPasswordHasher(settings.passwordCost);
  const { loginTimeoutMs, heartbeatTimeoutMs, ackTimeoutMs } = settings;
  const seams: Seams = {
    handlers: handlersById(),
    userOffline: sections.flatMap(({ userOffline }) => userOffline ?? []),
    store,
    gate: defaultGateSeam(),
    fanOut: defaultFanOutSeam(),
    timers: { loginTimeoutMs, heartbeatTimeoutMs, ackTimeoutMs, isSignOfLife: () => true, isPushSignOfLife: false },
    now: Date.now,
    http: new Map(),
    joinBody: (pieces) => Buffer.concat(pieces),
  };
  // The seams may be wrapped after this, so that they are looked up when they are used.
  const accounts: AccountServices = {
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
  const allowRegistration = registrationLimit(settings.registrationsPerHour, () => seams.now());
  seams.http = apiHandlers({
    registerAccount: registrar(accounts),
    findNickname,
    allowRegistration,
    registrationTurns: registrationTurns(settings.registrationsAtOnce),
  });
  for (const mutant of settings.mutants) mutant.apply(seams);
  return { settings, seams, meter, accounts };
}

/** Gate and logic over the seams. */
function wire({ settings, seams, meter, accounts }: Parts, shared: Shared): { gate: Gate; stopLogic(): Promise<void> } {
  const { robotWebhook, robotTimeoutMs } = settings;
  const runtime = createRuntime({
    store: seams.store,
    passwords: accounts.passwords,
    calls: shared.calls,
    callLimits: { answerMs: settings.callAnswerTimeoutMs, heartbeatMs: settings.callHeartbeatTimeoutMs },
    robots:
      robotWebhook === undefined
        ? localResponder
        : webhookResponder({ url: robotWebhook, ...(robotTimeoutMs !== undefined && { timeoutMs: robotTimeoutMs }) }),
    now: () => seams.now(),
    hasOtherGates: shared.bus !== undefined,
    isOnline: (userId) => gate.isOnline(userId),
    emit: (effect: BackgroundEffect) => void gate.fanOut(effect, undefined),
    log: settings.log,
  });
  const gate: Gate = new Gate({
    registry: cimRegistry,
    seams,
    context: runtime.context,
    meter,
    limits: settings,
    bus: shared.bus,
    log: settings.log,
    reportFailure: (handler, error) => {
      meter.requestsFailed++;
      settings.log(`${handler.command.name} failed: ${error instanceof Error ? error.message : error}`);
    },
  });
  runtime.every(CALL_TICK_MS, endOverdueCalls);
  return { gate, stopLogic: runtime.stop };
}

/** Everything that listens. */
interface Listening {
  ports: ServerPorts;
  /** Takes no more clients. */
  stopAccepting(): void;
  renewTls: Listeners["renewTls"];
  /** Ends what the connections needed; they are gone. */
  end(): Promise<void>;
}

/** The HTTP API and the probes; not listening yet. */
function httpApp({ settings, seams, meter, accounts }: Parts, isDraining: () => boolean): HttpListener {
  return createHttpApp({
    handlers: seams.http,
    joinBody: seams.joinBody,
    probes: {
      unreadyReason: async () => {
        if (isDraining()) return "draining";
        return seams.store.ping().then(
          () => undefined,
          (error: Error) => `the store fails: ${error.message}`,
        );
      },
      metrics: createMetrics(meter, { passwords: () => accounts.passwords.waiting }),
    },
    proxyHeaders:
      settings.proxyProtocol === "all" ? { timeoutMs: settings.loginTimeoutMs, log: settings.log } : undefined,
    onFailure: (path, error) => settings.log(`${path} failed: ${error instanceof Error ? error.message : error}`),
  });
}

async function listenAll(parts: Parts, gate: Gate): Promise<Listening> {
  const { settings } = parts;
  let draining = false;
  const app = httpApp(parts, () => draining);
  const listeners = await openAllListeners(settings, gate);
  const listening: Listening = {
    ports: { tcp: listeners.tcp, ws: listeners.ws, http: null },
    stopAccepting() {
      draining = true;
      listeners.close();
    },
    renewTls: listeners.renewTls,
    async end() {
      await app.close();
      await listeners.end?.();
    },
  };
  try {
    if (settings.http !== null) {
      listening.ports.http = await app.listen({ host: settings.host, port: settings.http });
    }
    return listening;
  } catch (error) {
    listening.stopAccepting();
    await listening.end();
    throw error;
  }
}

function openAllListeners(settings: Settings, gate: Gate): Promise<Listeners & Partial<Gates>> {
  const accept = gate.accept.bind(gate);
  const { host, tcp, ws, tls, maxFrameLength, loginTimeoutMs } = settings;
  const proxyHeaders = settings.proxyProtocol !== "off";
  const options = { host, tcp, ws, tls, maxFrameLength, loginTimeoutMs, proxyHeaders };
  if (settings.processes <= 1) return openListeners({ ...options, shared: false }, accept, settings.log);
  return startGates(settings.processes, options, accept, settings.log);
}

/**
 * Starts a reference server. The promise is fulfilled once every listener accepts connections.
 * @throws StoreError when the store or the bus cannot be opened; ServerError `bad-users-file`; the
 *   system's error (e.g. `EADDRINUSE`) when a port cannot be bound
 */
export async function startServer(options: ServerOptions = {}): Promise<RunningServer> {
  const settings = settingsOf(options);
  const meter = createMeter();
  const store = await openStore(settings.store, {
    durability: settings.durability,
    committed: (durationMs, operations) => meter.committed(durationMs, operations),
    strictLog: settings.strictLog,
    log: settings.log,
  });
  let shared: Shared | undefined;
  try {
    shared = await openShared(settings.bus, settings.log);
    const parts = assemble(settings, store, meter);
    if (settings.usersFile !== undefined) {
      await createFileUsers(await readUsersFile(settings.usersFile), parts.accounts);
    }
    const { gate, stopLogic } = wire(parts, shared);
    const listening = await listenAll(parts, gate).catch(async (error: unknown) => {
      // Its timers would keep the process alive, which could then be ended by no signal.
      await gate.drain(0);
      await stopLogic();
      throw error;
    });
    const stop = async (stillMs: number): Promise<void> => {
      listening.stopAccepting();
      await gate.drain(stillMs);
      await stopLogic();
      await listening.end();
      await shared?.close();
      await store.close();
    };
    let stopped: Promise<void> | undefined;
    return {
      ports: listening.ports,
      renewTls: listening.renewTls,
      stop(stillMs = 5000) {
        stopped ??= stop(stillMs);
        return stopped;
      },
    };
  } catch (error) {
    await shared?.close();
    await store.abandon();
    throw error;
  }
}
