import { templateAccounts } from "../../accounts/index.ts";
import type { LoadResult } from "../../result/index.ts";
import { type LoadRun, runLoad } from "../run-load.ts";
import type { LoadSettings } from "../settings.ts";
import type { FakeServer } from "./fake-server.ts";

/** Runs a scenario against a fake server. */
export function loadFake(
  server: Pick<FakeServer, "target">,
  scenario: URL,
  settings: LoadSettings,
  more: Partial<LoadRun> = {},
): Promise<LoadResult> {
  return runLoad({
    scenarioUrl: scenario.href,
    settings,
    target: server.target,
    accounts: templateAccounts("fake{n}", "secret"),
    seed: 7,
    tool: { name: "cupping", version: "0.0.0" },
    command: "test",
    interrupt: new AbortController().signal,
    onProgress: () => undefined,
    ...more,
  });
}

/** How many violations each check counted, where it counted any. */
export function violationsIn({ checks }: LoadResult): Record<string, number> {
  return Object.fromEntries(
    Object.entries(checks)
      .filter(([, check]) => check.violations > 0)
      .map(([name, check]) => [name, check.violations]),
  );
}
