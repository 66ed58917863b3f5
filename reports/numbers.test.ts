import { expect, it } from "vitest";
import {
  counted,
  formatBytes,
  formatCount,
  formatDuration,
  formatLatency,
  formatMoment,
  formatNumber,
  formatShare,
} from "./numbers.ts";

it.each([
  [formatCount(1_234_567), "1,234,567"],
  [formatNumber(0), "0"],
  [formatNumber(0.0004), "<0.001"],
  [formatNumber(0.84321), "0.84"],
  [formatNumber(9.876), "9.88"],
  [formatNumber(12.34), "12.3"],
  [formatNumber(1239.5), "1,240"],
  [formatLatency(null), "–"],
  [formatLatency(0), "0 ms"],
  [formatLatency(0.84), "840 µs"],
  [formatLatency(12.34), "12.3 ms"],
  [formatLatency(1239), "1.24 s"],
  [formatDuration(31.4), "31 ms"],
  [formatDuration(4210), "4.2 s"],
  [formatDuration(59_700), "60 s"],
  [formatDuration(200_000), "3 min 20 s"],
  [formatDuration(119_600), "2 min"],
  [formatDuration(3_600_000), "1 h"],
  [formatDuration(3_725_000), "1 h 2 min"],
  [formatBytes(512), "512 B"],
  [formatBytes(8412), "8.41 KB"],
  [formatBytes(212_000_000), "212 MB"],
  [formatShare(0.012), "1.20%"],
  [formatMoment("2026-11-24T04:05:00.123Z"), "2026-11-24 04:05:00 UTC"],
  [counted(1, "case"), "1 case"],
  [counted(1200, "case"), "1,200 cases"],
])("%s", (actual, expected) => {
  expect(actual).toBe(expected);
});
