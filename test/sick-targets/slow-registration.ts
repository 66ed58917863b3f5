import { Front } from "./front.ts";
import type { SickTarget } from "./sick-target.ts";

/** A password hash that is too dear, or a mail that is sent before the answer. */
export function registersSlowly(delayMs: number): SickTarget {
  return {
    name: "registers-slowly",
    title: `answers each registration ${delayMs} ms late`,
    start: () => Front.start({ httpDelayMs: ({ url }) => (url?.startsWith("/user/register") ? delayMs : 0) }),
  };
}
