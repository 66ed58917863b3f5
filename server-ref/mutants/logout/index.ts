import type { Mutant } from "../mutant.ts";
import { closedCountsAsOnline } from "./closed-counts-as-online.ts";
import { logoutEndsAllDevices } from "./logout-ends-all-devices.ts";
import { logoutOnlyAnswered } from "./logout-only-answered.ts";
import { logoutUnanswered } from "./logout-unanswered.ts";

/** Mutants of section LOGOUT: logout. */
export const logoutMutants: readonly Mutant[] = [
  closedCountsAsOnline,
  logoutEndsAllDevices,
  logoutOnlyAnswered,
  logoutUnanswered,
];
