export type { Mutant } from "./mutants/define.ts";
export type { RunningServer, ServerOptions, ServerPorts } from "./options.ts";
export { startServer } from "./start-server.ts";
export { StoreError, type StoreErrorCode } from "./store/errors.ts";
