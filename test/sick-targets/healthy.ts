import { Front } from "./front.ts";
import type { SickTarget } from "./sick-target.ts";

/** Has no sickness of its own: what another makes of it. */
export const healthy: SickTarget = { name: "healthy", title: "serves everybody", start: () => Front.start({}) };
