import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { compareOptions } from "../options/compare.ts";
import { conformanceOptions } from "../options/conformance.ts";
import { faultOptions } from "../options/faults.ts";
import { gateOptions } from "../options/gate.ts";
import { nameInFile } from "../options/in-file.ts";
import { k6Options } from "../options/k6.ts";
import { loadOptions } from "../options/load.ts";
import { reportOptions } from "../options/report.ts";
import type { Row, Rows } from "../options/row.ts";
import { serveOptions } from "../options/serve.ts";
import { type Ran, runCupping } from "../report/testing/run-cupping.ts";
import { conformanceWords, loadWords } from "./command-words.ts";
import type { ConformanceOptions, CuppingConfig, GateLoad, LoadSection } from "./index.ts";
import { loadConfig } from "./load-config.ts";
import { configProblem, configSchema } from "./validate.ts";

/** A value of each form that options take; the compiler holds them to the types that follow from the rows. */
const conformance: ConformanceOptions = {
  target: "ref",
  report: ["html", "junit"],
  json: true,
  only: "MSG-*",
  level: "should",
  jobs: 4,
  mutant: ["a", "b"],
};
const chat: GateLoad = {
  scenario: "chat",
  repeat: 3,
  tolerance: ["10%", "msg_e2e.p99=5%"],
  clients: 100,
  rate: 50,
  closed: false,
  arrivals: "uniform",
  serveArg: ["--mutant=x"],
  thresholds: { msg_e2e: ["p(99)<200", { threshold: "p(50)<20", abortOnFail: true, delayAbortEval: "10s" }] },
};
const load: LoadSection = { clients: 100, payload: "small", out: "results", findMax: "rate" };
/** Each key of the configuration itself. */
const whole: Required<CuppingConfig> = {
  $schema: "x",
  target: "ref",
  http: "http://127.0.0.1:18080",
  users: "register",
  userTemplate: "load{n}",
  userPassword: "@password.txt",
  iOwnThisTarget: true,
  wait: "60s",
  ca: "ca.pem",
  cert: "client.pem",
  key: "client-key.pem",
  serverName: "chat.example.org",
  insecure: false,
  header: ["X-Api-Key: x"],
  proxyProtocol: "v2",
  origin: "https://chat.example.org",
  subprotocol: "cim.v1",
  label: "v1",
  seed: 7,
  conformance,
  load,
  loads: { chat },
  baseline: "baseline",
  tolerance: "10%",
  report: {
    report: ["html", "junit"],
    out: "results",
    figures: "msg_e2e.p99",
    pushGateway: "http://127.0.0.1:9091",
    job: "nightly",
  },
  gate: { repeatInvalid: 2, allow: ["machine"] },
  compare: { tolerance: "10%", allow: ["options"], seed: 2 },
  k6: { vus: 5, thresholds: { msg_e2e: ["p(99)<200"] } },
  faults: { only: "partition", pairs: 2 },
  serve: { tcp: 0, http: 0, store: "memory:" },
};

/** A value that a file may give to an option. */
function legalValue(row: Row): unknown {
  if (row.inFile === "thresholds") return chat.thresholds;
  if (row.inFile === "text-or-number") return 50;
  if (row.inFile === "one-or-more") return ["10%", "msg_e2e.p99=5%"];
  switch (row.type) {
    case "string":
      return row.limits?.pattern === undefined ? "text" : "@file";
    case "number":
      return (row.limits?.minimum ?? row.limits?.exclusiveMinimum ?? 0) + 1;
    case "boolean":
      return true;
    case "choice":
      return row.choices.at(-1);
    case "list":
      return row.choices ?? ["a", "b"];
  }
}

describe("the schema", () => {
  interface Section {
    properties: Record<string, { properties?: object; additionalProperties?: Section }>;
  }
  const { properties } = configSchema as unknown as Section;

  it("allows what the types allow", async () => {
    expect(await configProblem(whole)).toBeUndefined();
    expect(await configProblem({ conformance: false })).toBeUndefined();
    expect(await configProblem({ loads: { mine: { scenario: "./mine.ts", groupSize: 100 } } })).toBeUndefined();
  });

  it("has the keys of the configuration's type", () => {
    expect(Object.keys(properties).sort()).toEqual(Object.keys(whole).sort());
  });

  const sections: [name: string, rows: Rows, around: (section: object) => object][] = [
    ["conformance", conformanceOptions.rows, (conformance) => ({ conformance })],
    ["load", loadOptions.rows, (load) => ({ load })],
    ["gate", gateOptions.rows, (gate) => ({ gate })],
    ["report", reportOptions.rows, (report) => ({ report })],
    ["compare", compareOptions.rows, (compare) => ({ compare })],
    ["k6", k6Options.rows, (k6) => ({ k6 })],
    ["faults", faultOptions.rows, (faults) => ({ faults })],
    ["serve", serveOptions.rows, (serve) => ({ serve })],
  ];
  it.each(sections)(
    "takes every option of %s that a file may hold, and each in its form alone",
    async (_, rows, around) => {
      for (const [option, row] of Object.entries(rows)) {
        const name = nameInFile(option, row);
        if (name === undefined) continue;
        expect(await configProblem(around({ [name]: legalValue(row) })), name).toBeUndefined();
        expect(await configProblem(around({ [name]: null })), name).toContain(name);
      }
    },
  );

  it.each([
    [{ lods: {} }, 'the configuration knows no "lods"; did you mean "loads"?'],
    [{ conformance: { onyl: "MSG-*" } }, 'conformance knows no "onyl"; did you mean "only"?'],
    [{ conformance: { level: "most" } }, "conformance.level must be one of must, should, may"],
    [{ loads: { chat: { clients: 10 } } }, 'loads.chat needs "scenario"'],
    [{ loads: { chat: { scenario: "chat", clients: "many" } } }, "loads.chat.clients must be integer"],
    [
      { loads: { chat: { scenario: "chat", thresholds: { msg_e2e: "p(99)<1" } } } },
      "loads.chat.thresholds.msg_e2e must be array",
    ],
    [{ userPassword: "secret" }, 'userPassword must match pattern "^@"'],
    [[], "the configuration must be object"],
  ])("says what is wrong with %j", async (config, problem) => {
    expect(await configProblem(config)).toBe(problem);
  });
});

describe("the command lines that a configuration stands for", () => {
  it("take the common options from the top, and the section wins", () => {
    const words = conformanceWords({
      target: "tcp://a:1",
      seed: 7,
      label: "x",
      conformance: { label: "y", allowIncomplete: true, mutant: ["m", "n"] },
    });
    expect(words).toEqual([
      "--target",
      "tcp://a:1",
      "--label",
      "y",
      "--seed",
      "7",
      "--allow-incomplete",
      "--mutant",
      "m",
      "--mutant",
      "n",
    ]);
  });

  it("have thresholds in k6's style, and the scenario's own options", () => {
    const config: CuppingConfig = { target: "ref", load: { duration: "30s", thresholds: { login: ["p(95)<100"] } } };
    const thresholds = { msg_e2e: ["p(99)<200", { threshold: "p(50)<20", abortOnFail: true, delayAbortEval: "10s" }] };
    expect(loadWords(config, { scenario: "group", repeat: 3, audit: false, groupSize: 100, thresholds })).toEqual([
      ...["group", "--target", "ref", "--duration", "30s", "--no-audit", "--group-size", "100"],
      ...["--threshold", "login: p(95)<100", "--threshold", "msg_e2e: p(99)<200"],
      ...["--threshold", "msg_e2e: p(50)<20 abortOnFail delayAbortEval=10s"],
    ]);
  });
});

describe("the file", () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), "cupping-config-"));
  });
  afterEach(() => rm(dir, { recursive: true }));
  const write = (name: string, text: string): Promise<void> => writeFile(join(dir, name), text);

  it("is found by itself, TypeScript first", async () => {
    expect(await loadConfig(undefined, dir)).toBeUndefined();
    await write("cupping.config.json", '{"label":"json"}');
    expect((await loadConfig(undefined, dir))?.config.label).toBe("json");
    await write("cupping.config.ts", "const label: string = 'typed'; export default { label };");
    expect(await loadConfig(undefined, dir)).toMatchObject({
      config: { label: "typed" },
      unread: ["cupping.config.json"],
    });
  });

  it.each([
    ["commonjs", ["ts", "cts", "js", "cjs"], ["mts", "mjs"]],
    ["module", ["cts", "cjs"], ["ts", "mts", "js", "mjs"]],
    [undefined, ["cts", "cjs"], ["ts", "mts", "js", "mjs"]],
  ])("is read under every ending that Node runs, in a package of type %s", async (type, required, imported) => {
    await write("package.json", JSON.stringify({ type }));
    for (const ending of [...required, ...imported]) {
      const text = required.includes(ending) ? "module.exports = { label: 'x' }" : "export default { label: 'x' }";
      await write(`cupping.config.${ending}`, text);
      const { code, err } = await runCupping(dir, ["conformance", "--list", "--only", "LOGOUT-*"]);
      expect({ code, err }, ending).toEqual({ code: 0, err: "" });
      expect((await loadConfig(undefined, dir))?.config.label, ending).toBe("x");
      await rm(join(dir, `cupping.config.${ending}`));
    }
  });

  it("is told when it is not read: a second one, one that nobody can read", async () => {
    await write("cupping.config.yaml", "label: x");
    await expect(loadConfig(undefined, dir)).rejects.toThrow(
      /cupping\.config\.yaml cannot be read: a configuration ends in \.ts, .*, \.json/,
    );
    await write("cupping.config.mjs", "export default {}");
    await write("cupping.config.json", "{}");
    const { err } = await runCupping(dir, ["conformance", "--list", "--only", "LOGOUT-*"]);
    expect(err).toBe(
      "cupping: reading cupping.config.mjs; cupping.config.json, cupping.config.yaml beside it are not read\n",
    );
    await rm(join(dir, "cupping.config.json"));
    const again = await runCupping(dir, ["conformance", "--list", "--only", "LOGOUT-*"]);
    expect(again.err).toBe("cupping: reading cupping.config.mjs; cupping.config.yaml beside it is not read\n");
  });

  it("may begin with a byte-order mark, and prints nothing where results are printed", async () => {
    await write("cupping.config.json", '\uFEFF{"label":"marked"}');
    expect((await loadConfig(undefined, dir))?.config.label).toBe("marked");
    await rm(join(dir, "cupping.config.json"));
    await write("cupping.config.mjs", "console.log('loading'); export default { conformance: { only: 'LOGOUT-*' } };");
    const { out, err } = await runCupping(dir, ["conformance", "--list"]);
    expect(out).toMatch(/^LOGOUT-/);
    expect(err).toBe("loading\n");
  });

  it("can be named", async () => {
    await write("other.js", "export default { label: 'named' };");
    expect((await loadConfig("other.js", dir))?.config.label).toBe("named");
  });

  it.each([
    ["a missing file", "none.json", undefined, /there is no configuration file none\.json/],
    ["what is not JSON", "x.json", "{", /x\.json is not JSON/],
    ["a file that throws", "x.ts", "throw new Error('no luck')", /x\.ts cannot be loaded: no luck/],
    ["a file without a default export", "x.js", "export const a = 1", /x\.js exports no configuration/],
    ["a wrong configuration", "x.json", '{"seed":"x"}', /x\.json: seed must be integer/],
  ])("is refused: %s", async (_what, name, text, message) => {
    if (text !== undefined) await write(name, text);
    await expect(loadConfig(name, dir)).rejects.toThrow(expect.objectContaining({ code: "usage" }));
    await expect(loadConfig(name, dir)).rejects.toThrow(message);
  });

  it.each([
    ["a syntax error", "x.mts", "export default {\n a: : 1 }", /x\.mts cannot be loaded: .*, at \/.*x\.mts:2\n$/],
    ["a syntax error in JavaScript", "x.mjs", "export default {\n a: : 1 }", /Unexpected token ':', at .*x\.mjs:2\n$/],
    [
      "an ES module that is called CommonJS",
      "x.cts",
      "export default {}",
      /it is an ES module, .*; call it .*x\.mts\n$/,
    ],
    [
      "a module that is missing",
      "x.mjs",
      "import './none.mjs'",
      /x\.mjs cannot be loaded: Cannot find module .*none\.mjs/,
    ],
  ])("is refused with its place: %s", async (_what, name, text, message) => {
    await write(name, text);
    const { code, err } = await runCupping(dir, ["conformance", "--list", "--config", name]);
    expect(code).toBe(2);
    expect(err).toMatch(message);
    expect(err.split("\n")).toHaveLength(2);
  });
});

describe("other commands", () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), "cupping-config-"));
  });
  afterEach(() => rm(dir, { recursive: true }));
  const list = (...words: string[]): Promise<Ran> => runCupping(dir, ["conformance", "--list", ...words]);

  it("take their options from the file, and the command line wins", async () => {
    await writeFile(join(dir, "cupping.config.json"), '{"conformance":{"only":"LOGOUT-*"}}');
    expect((await list()).out).toMatch(/^LOGOUT-/);
    expect((await list("--only", "MSG-04")).out).toMatch(/^MSG-04/);
    expect((await list("--no-config")).out).toMatch(/^CONN-/);
  });

  it("take a file by name", async () => {
    await writeFile(join(dir, "other.json"), '{"conformance":{"only":"MSG-04"}}');
    expect((await list("--config", "other.json")).out).toMatch(/^MSG-04/);
    expect(await list("--config=none.json")).toMatchObject({
      code: 2,
      err: "cupping: there is no configuration file none.json\n",
    });
  });

  it("refuse options that they do not have", async () => {
    await writeFile(join(dir, "cupping.config.json"), '{"load":{"cleints":3}}');
    const { code, err } = await runCupping(dir, ["load", "chat"]);
    expect(code).toBe(2);
    expect(err).toMatch(/cupping\.config\.json: load has no option "cleints"; did you mean "clients"\?\n$/);
  });
});

describe("each command takes its section", () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), "cupping-config-"));
  });
  afterEach(() => rm(dir, { recursive: true }));
  const write = (config: CuppingConfig): Promise<void> =>
    writeFile(join(dir, "cupping.config.json"), JSON.stringify(config));
  const run = (...words: string[]): Promise<Ran> => runCupping(dir, words);
  const example = (name: string): string => join(import.meta.dirname, "../../harness/result/examples", `${name}.json`);

  it("report: the formats at the top, or all options", async () => {
    await write({ report: ["markdown", "csv"] });
    expect((await run("report", example("load-v1"), "--out", dir)).code).toBe(0);
    expect(await readdir(dir)).toEqual(expect.arrayContaining(["report.md", "series.csv"]));
    await write({ report: { report: "junit", out: "made" } });
    expect((await run("report", example("load-v1"))).code).toBe(0);
    expect(await readdir(join(dir, "made"))).toEqual(["junit.xml"]);
  });

  it("compare: its own formats, and the tolerance at the top", async () => {
    await write({ report: ["junit"], tolerance: "half", compare: { out: "compared", report: ["markdown"] } });
    expect((await run("compare", example("load-v1"), example("load-v1"))).err).toMatch(/half/);
    expect((await run("compare", example("load-v1"), example("load-v1"), "--tolerance", "10%")).err).not.toMatch(
      /half/,
    );
  });

  it("serve: the ports and the store, but not the target's HTTP API", async () => {
    await write({ http: "http://127.0.0.1:1", serve: { store: "nowhere:" } });
    expect(await run("serve")).toMatchObject({ code: 2, err: expect.stringMatching(/nowhere:/) });
    await write({ serve: { stroe: "memory:" } as object });
    expect((await run("serve")).err).toMatch(/serve knows no "stroe"; did you mean "store"\?/);
  });

  it("k6 and faults: the target at the top", async () => {
    await write({ target: "nowhere", label: "x", k6: { duration: "soon" } });
    expect(await run("faults")).toMatchObject({ code: 2, err: expect.stringMatching(/nowhere/) });
    expect(await run("k6")).toMatchObject({
      code: 2,
      err: expect.stringMatching(/--duration: "soon" is not a duration/),
    });
    await write({ faults: { only: "partition" } });
    expect((await run("faults", "--list")).out).toMatch(/partition/);
  });

  it("gate: its own options", async () => {
    await write({ target: "ref", gate: { only: "nothing" } });
    expect(await run("gate")).toMatchObject({ code: 2, err: expect.stringMatching(/--only "nothing" is not in/) });
  });

  it("replay: what it has of the top, and nothing else is an error", async () => {
    await write({ target: "nowhere", label: "x", seed: 3 });
    expect(await run("replay", "none.json")).toMatchObject({ code: 2 });
  });

  it("load http: what it has of the section", async () => {
    await write({ load: { clients: 5, metrics: "nowhere" } });
    expect(await run("load", "http")).toMatchObject({
      code: 2,
      err: expect.stringMatching(/--metrics takes an address/),
    });
  });
});
