// The HTTP API under load, driven by autocannon.
export { decideHttpPlan, type HttpLoadSettings } from "./plan.ts";
export { requestKinds } from "./requests.ts";
export { type HttpLoadPlan, type HttpLoadRun, runHttpLoad } from "./run-http-load.ts";
