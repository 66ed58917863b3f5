import { expect, test } from "vitest";
import { LocalServer } from "../testing/local-server.ts";
import { mutants } from "./index.ts";

test("a server starts with each of the mutants, and listens", { timeout: 120_000 }, async () => {
  for (const mutant of mutants) {
    await using server = await LocalServer.start({ mutants: [mutant] });
    expect(server.ports.tcp, mutant.name).toBeGreaterThan(0);
  }
});
