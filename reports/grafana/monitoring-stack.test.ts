import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { LocalServer } from "../../server-ref/testing/local-server.ts";
import { prometheus, pushToGateway } from "../index.ts";
import { exampleConformance } from "../testing/conformance.ts";
import { exampleLoad } from "../testing/load.ts";
import dashboard from "./cupping-dashboard.json" with { type: "json" };

// The way from a run to the dashboard, with the real programs: push gateway, Prometheus, and every query of the dashboard.

const programs = ["prometheus", "prometheus-pushgateway", "promtool"];
const missing = programs.filter((program) => spawnSync("which", [program]).status !== 0);
const results = [exampleConformance(), exampleLoad({ seconds: 5, violations: true, saturated: true })];

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

describe.skipIf(missing.length > 0)(
  `the dashboard's queries in a real Prometheus${missing.length > 0 ? `: not installed: ${missing.join(", ")}` : ""}`,
  () => {
    const children: ChildProcess[] = [];
    let dir: string;
    let api: string;
    let stopServer: () => Promise<unknown> = async () => undefined;

    const start = (program: string, words: string[]): void => {
      children.push(spawn(program, words, { cwd: dir, stdio: "ignore" }));
    };

    async function ask<T>(path: string): Promise<T> {
      const response = await fetch(`${api}${path}`);
      const { status, data, error } = (await response.json()) as { status: string; data: T; error?: string };
      if (status !== "success") throw new Error(error);
      return data;
    }

    const query = async (expression: string): Promise<{ metric: Record<string, string>; value: [number, string] }[]> =>
      (await ask<{ result: [] }>(`/api/v1/query?query=${encodeURIComponent(expression)}`)).result;

    beforeAll(async () => {
      dir = await mkdtemp(join(tmpdir(), "cupping-monitoring-"));
      const [gatewayPort, prometheusPort] = [await freePort(), await freePort()];
      const server = await LocalServer.start();
      stopServer = () => server[Symbol.asyncDispose]();
      start("prometheus-pushgateway", [`--web.listen-address=127.0.0.1:${gatewayPort}`]);
      const gateway = `http://127.0.0.1:${gatewayPort}`;
      await vi.waitFor(async () => expect((await fetch(`${gateway}/-/ready`)).ok).toBe(true), { timeout: 30_000 });
      await pushToGateway(gateway, results, "nightly");
      // As docs/reports.md says it: the labels of the run are to win over those of the scrape.
      await writeFile(
        join(dir, "prometheus.yml"),
        `scrape_configs:
  - job_name: pushgateway
    honor_labels: true
    scrape_interval: 1s
    static_configs: [{ targets: ["127.0.0.1:${gatewayPort}"] }]
  - job_name: server
    scrape_interval: 1s
    static_configs: [{ targets: ["127.0.0.1:${server.ports.http}"] }]
`,
      );
      api = `http://127.0.0.1:${prometheusPort}`;
      start("prometheus", [
        "--config.file=prometheus.yml",
        "--storage.tsdb.path=data",
        `--web.listen-address=127.0.0.1:${prometheusPort}`,
      ]);
      await vi.waitFor(
        async () => {
          const found = await query("cupping_verdict or cupping_connections_open");
          expect(new Set(found.map(({ metric }) => metric["job"]))).toEqual(new Set(["nightly", "server"]));
        },
        { timeout: 60_000, interval: 250 },
      );
    }, 120_000);
    afterAll(async () => {
      for (const child of children) {
        const ended = new Promise((resolve) => child.once("exit", resolve));
        if (child.kill() && child.exitCode === null) await ended;
      }
      await stopServer();
      await rm(dir, { recursive: true });
    });

    const panels = dashboard.panels.flatMap(({ title, targets }) => targets.map(({ expr }) => ({ title, expr })));

    it.each(panels)("$title: finds values", async ({ expr }) => {
      const found = await query(expr.replaceAll("$target", ".*").replaceAll("$metric", "msg_e2e"));
      expect(found.length).toBeGreaterThan(0);
      for (const { value } of found) expect(Number(value[1])).not.toBeNaN();
    });

    it("lets targets and metrics be chosen", async () => {
      for (const variable of dashboard.templating.list) {
        if (!("definition" in variable) || variable.definition === undefined) continue;
        const [, metric, label] = /^label_values\((\w+), (\w+)\)$/.exec(variable.definition) ?? [];
        const values = await ask<string[]>(`/api/v1/label/${label}/values?match[]=${metric}`);
        if (variable.name === "target") expect(values).toEqual(["coffeechat-go 0.9.1"]);
        else expect(values).toContain("msg_e2e");
      }
    });

    it("keeps the labels of the run, job included", async () => {
      const [verdict] = await query('cupping_verdict{kind="load",verdict="invalid"}');
      expect(verdict?.metric).toMatchObject({ job: "nightly", kind: "load", scenario: "chat" });
      expect(verdict?.value[1]).toBe("1");
    });

    it("takes what the reference server says of itself", async () => {
      expect((await query('up{job="server"}'))[0]?.value[1]).toBe("1");
      expect(await query('process_cpu_seconds_total{job="server"}')).toHaveLength(1);
    });

    it("promtool finds nothing wrong with the text", () => {
      expect(() =>
        execFileSync("promtool", ["check", "metrics"], { input: prometheus(results), stdio: "pipe" }),
      ).not.toThrow();
    });
  },
);
