import type { SliceRecord } from "../result/index.ts";
import { nameOfSlice, seconds, TOLERATED_LATENESS_MS } from "./slice.ts";

/** That a slice was later than it was to be by its own clock, one sentence; nothing when it was in time. */
export function describeLateness(slice: SliceRecord): string[] {
  const { lateMs = 0, trafficLateMs = 0 } = slice;
  if (lateMs > TOLERATED_LATENESS_MS) {
    return [
      `${nameOfSlice(slice)} began ${seconds(lateMs)} late, since it was not ready at --start-at: give all slices a later time`,
    ];
  }
  if (trafficLateMs > TOLERATED_LATENESS_MS) {
    return [
      `${nameOfSlice(slice)} began its traffic ${seconds(trafficLateMs)} late, since its clients were not up before: give a longer --ramp or --settle`,
    ];
  }
  return [];
}
