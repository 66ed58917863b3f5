import { expect, it } from "vitest";
import { prometheus } from "../prometheus.ts";
import { exampleConformance } from "../testing/conformance.ts";
import { exampleLoad } from "../testing/load.ts";
import dashboard from "./cupping-dashboard.json" with { type: "json" };

const text = prometheus([exampleConformance(), exampleLoad({ seconds: 5 })]);
const sent = new Set([...text.matchAll(/^(cupping_\w+)\{/gm)].map(([, name]) => name));
const labels = new Set([...text.matchAll(/([a-z_]+)="/g)].map(([, name]) => name));

it("asks for nothing that no run sends", () => {
  const queries = [
    ...dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
    ...dashboard.templating.list.flatMap((variable) => ("definition" in variable ? [variable.definition ?? ""] : [])),
  ];
  const asked = queries.flatMap((query) => query.match(/cupping_\w+/g) ?? []);
  expect(asked.length).toBeGreaterThanOrEqual(dashboard.panels.length);
  expect(asked.filter((name) => !sent.has(name))).toEqual([]);
  const askedLabels = queries.flatMap((query) => [...query.matchAll(/([a-z_]+)(?:=~|!=|=)"/g)].map(([, name]) => name));
  expect(askedLabels.filter((name) => !labels.has(name))).toEqual([]);
});

it("has panels with ids of their own that do not cover each other", () => {
  const { panels } = dashboard;
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  for (const [index, { gridPos: a }] of panels.entries()) {
    expect(a.x + a.w).toBeLessThanOrEqual(24);
    for (const { gridPos: b } of panels.slice(index + 1)) {
      const apart = a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y;
      expect(apart).toBe(true);
    }
  }
});

it("works with any Prometheus: each panel uses the chosen data source", () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana's own way to write a variable
  const chosen = "${datasource}";
  for (const panel of dashboard.panels) expect(panel.datasource).toEqual({ type: "prometheus", uid: chosen });
});
