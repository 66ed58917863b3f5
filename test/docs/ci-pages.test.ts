import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import yargs, { type CommandModule } from "yargs";
import { command as conformance } from "../../bin/commands/conformance.ts";
import { command as gate } from "../../bin/commands/gate.ts";
import { command as replay } from "../../bin/commands/replay.ts";
import { parseReportFormats } from "../../reports/index.ts";
import { capabilities } from "../../scenarios/rules/index.ts";

const docs = join(import.meta.dirname, "../../docs");
const pages = readdirSync(join(docs, "ci")).map((name) => join("ci", name));
const textOf = (page: string): string => readFileSync(join(docs, page), "utf8");

function blocks(page: string, language: string): string[] {
  return [...textOf(page).matchAll(new RegExp(`^ *\`\`\`${language}\\n(.*?)^ *\`\`\``, "gms"))].map(
    ([, body]) => body ?? "",
  );
}

/** Every string in a YAML document. */
function* strings(value: unknown): Generator<string> {
  if (typeof value === "string") yield value;
  else if (typeof value === "object" && value !== null) for (const inner of Object.values(value)) yield* strings(inner);
}

/** The words behind `cupping` in each command line that calls it. */
function callsIn(text: string): string[][] {
  const lines = text.replaceAll(/\\\n/g, " ").split("\n");
  return lines.flatMap((line) => {
    const call = /npx (?:--no-install )?cupping (.+)$/.exec(line.replace(/ #.*$/, ""));
    return call
      ? [
          (call[1] as string)
            .trim()
            .split(/\s+/)
            .map((word) => word.replace(/^'(.*)'$/, "$1")),
        ]
      : [];
  });
}

/** Parses a command line as the command line tool does, without running anything. */
async function parseCall(words: readonly string[]): Promise<Record<string, unknown>> {
  const parser = yargs([...words])
    .strict()
    .demandCommand(1)
    .exitProcess(false);
  for (const command of [conformance, gate, replay] as CommandModule[]) {
    parser.command({ ...command, handler: () => {} } as CommandModule);
  }
  parser.fail((message, error) => {
    throw error ?? new Error(message);
  });
  return (await parser.parseAsync()) as Record<string, unknown>;
}

test("there is a page for each language and one for images, and the overview links to all of them", () => {
  expect(pages.map((page) => page.slice(3)).sort()).toEqual(["container.md", "go.md", "java.md", "rust.md"]);
  for (const page of pages) expect(textOf("ci.md")).toContain(`(${page})`);
});

test.each(pages)("%s: a workflow for GitHub and a pipeline for GitLab, both whole", (page) => {
  const [github, gitlab] = blocks(page, "yaml").map((text) => parse(text) as Record<string, never>);
  const job = (github as { jobs?: { conformance?: { steps: { uses?: string; run?: string }[] } } }).jobs?.conformance;
  expect(job?.steps.some(({ uses }) => uses?.startsWith("actions/checkout@"))).toBe(true);
  expect(job?.steps.some(({ uses }) => uses?.startsWith("actions/upload-artifact@"))).toBe(true);
  expect(gitlab?.["conformance"]).toMatchObject({
    script: expect.any(Array),
    artifacts: { when: "always", reports: { junit: "cupping-report/junit.xml" } },
  });
});

test.each(pages)("%s: every call of cupping is one that the command line takes", async (page) => {
  const inYaml = blocks(page, "yaml").flatMap((text) => [...strings(parse(text))].flatMap(callsIn));
  expect(inYaml).toHaveLength(2);
  for (const words of inYaml) {
    const args = await parseCall(words);
    for (const option of ["capabilities", "knownFailing", "out"]) expect(args[option]).toEqual(expect.any(String));
    expect(parseReportFormats(String(args["report"]))).toEqual(expect.arrayContaining(["html", "junit"]));
  }
  for (const words of blocks(page, "sh").flatMap(callsIn)) await parseCall(words);
});

test("calls in the overview are ones that the command line takes", async () => {
  for (const words of blocks("ci.md", "sh").flatMap(callsIn)) await parseCall(words);
});

test("a call that the command line does not take would be found", async () => {
  await expect(parseCall(["conformance", "--known-failures", "x"])).rejects.toThrow();
  await expect(parseCall(["conformance", "--profile", "downstream"])).rejects.toThrow();
});

test.each(pages)("%s: the example of what is not claimed names a capability", (page) => {
  for (const [, name] of textOf(page).matchAll(/\{"([\w-]+)": false\}/g))
    expect(capabilities).toHaveProperty([name ?? ""]);
});
