import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { serveOptions } from "../../bin/options/serve.ts";
import { yargsOptions } from "../../bin/options/yargs-options.ts";
import { LocalServer } from "../../server-ref/testing/local-server.ts";

const options = yargsOptions(serveOptions.rows);
const page = await readFile("docs/server.md", "utf8");

/** Rows of the table of options: the names and the default that stands beside each. */
function documentedOptions(): Map<string, string> {
  const table = page.split("## Options")[1]?.split("\n## ")[0] ?? "";
  const rows = [...table.matchAll(/^\| (`--.*?) \| (.*?) \|/gm)];
  return new Map(
    rows.flatMap(([, names = "", defaults = ""]) => {
      const each = names.split(", ").map((name) => name.replaceAll("`", "").slice(2));
      const values = defaults.split(", ");
      return each.map((name, index): [string, string] => [
        name,
        values.length === 1 ? defaults : (values[index] ?? ""),
      ]);
    }),
  );
}

test("docs/server.md has every option of serve with its default, and no other", () => {
  const documented = documentedOptions();
  expect([...documented.keys()].sort()).toEqual(Object.keys(options).sort());
  for (const [name, { default: value }] of Object.entries(options)) {
    if (value === undefined || Array.isArray(value)) continue;
    expect(`${name}: ${documented.get(name)}`).toBe(`${name}: \`${value}\``);
  }
});

test("docs/server.md has every metric of the server with its labels, and no other", async () => {
  await using server = await LocalServer.start();
  const text = await (await fetch(`${server.http}/metrics`)).text();
  const exposed = [...text.matchAll(/^# TYPE (cupping_\S+) (\S+)/gm)].map(([, name = "", kind = ""]) => {
    const label = new RegExp(`^${name}\\{(\\w+)=`, "m").exec(text)?.[1];
    return `${name}${kind === "counter" && label !== undefined ? `{${label}}` : ""} ${kind}`;
  });
  const documented = [...page.matchAll(/^\| `(cupping_\S+)` \| (\w+) \|/gm)].map(([, name, kind]) => `${name} ${kind}`);
  expect(documented.sort()).toEqual(exposed.sort());
});
