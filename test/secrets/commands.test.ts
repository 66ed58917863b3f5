import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Ran, runCupping } from "../../bin/report/testing/run-cupping.ts";
import { obtainK6 } from "../../harness/k6-run/testing/obtain-k6.ts";
import { LocalServer } from "../../server-ref/testing/local-server.ts";
import { leaksIn, markedAccounts } from "./leaks.ts";
import { startRefusingApi, tellTale } from "./tell-tale.ts";

const accounts = markedAccounts(200);
const obtained = await obtainK6();
const k6 = "path" in obtained ? obtained.path : undefined;
let folder: string;
let users: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "cupping-secrets-"));
  users = join(folder, "users.csv");
  writeFileSync(users, accounts.csv);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a command with its own folder for results, and looks for words of accounts in everything that it wrote. */
async function run(
  name: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Ran & { leaks: string[] }> {
  const out = join(folder, name.replaceAll(/\W+/g, "-"));
  const ran = await runCupping(folder, [...args, "--out", out], env);
  return { ...ran, leaks: leaksIn(out, { "standard output": ran.out, "standard error": ran.err }, accounts) };
}

const everyReport = ["--report", "html,junit,markdown,github,prometheus", "--json"];

/** A server that tells everybody what logs a user in, and the words that name it on a command line. */
async function telling(refuses: boolean): Promise<{ server: LocalServer; target: string[]; stop(): Promise<void> }> {
  const server = await LocalServer.start({ usersFile: users, mutants: [tellTale({ number: 70, refuses })] });
  const target = ["--target", server.tcp, "--http", server.http, "--users", `file:${users}`];
  return { server, target, stop: () => server[Symbol.asyncDispose]() };
}

const load = ["load", "chat", "--clients", "20", "--rate", "40/s", "--duration", "2s", "--ramp", "200ms"];

describe("a server tells users what logs them in", { timeout: 120_000 }, () => {
  test("a load shows what it found wrong without a word of it", async () => {
    const { target, stop } = await telling(false);
    const { code, err, leaks } = await run("load", [...load, ...target, ...everyReport]);
    await stop();
    expect(code, err).toBe(1);
    expect(leaks).toEqual([]);
  });

  test("so does one to which nobody is let in", async () => {
    const { target, stop } = await telling(true);
    const { code, err, leaks } = await run("load refused", [...load, ...target, ...everyReport]);
    await stop();
    expect(code, err).toBe(3);
    expect(leaks).toEqual([]);
  });

  test.each([false, true])("so do faults (logins refused: %s)", async (refuses) => {
    const { target, stop } = await telling(refuses);
    const words = ["--only", "latency", "--pairs", "2", "--rate", "20", "--recovery", "3s"];
    const { err, leaks } = await run(`faults ${refuses}`, ["faults", ...words, ...target, ...everyReport]);
    await stop();
    expect(err).toMatch(refuses ? /nobody can log in/ : /guarantees/);
    expect(leaks).toEqual([]);
  });

  test.each([[[]], [["--frames"]]])("so does a replay %j", async (more) => {
    const { server, target, stop } = await telling(false);
    const words = ["--only", "MSG-14/emoji", "--websocket", server.ws];
    const { leaks } = await run("conformance", ["conformance", ...words, ...target, ...everyReport]);
    expect(leaks).toEqual([]);
    const capsules = readdirSync(join(folder, "conformance"), { recursive: true }).map(String);
    const capsule = capsules.find((name) => /^capsules.*\.json$/.test(name)) ?? expect.fail(`none in ${capsules}`);
    const ran = await runCupping(folder, ["replay", join(folder, "conformance", capsule), ...target, ...more]);
    await stop();
    expect(ran.out, ran.err).toMatch(/fails|frames/);
    expect(leaksIn(join(folder, "conformance"), { out: ran.out, err: ran.err }, accounts)).toEqual([]);
  });

  test.skipIf(k6 === undefined)("so does k6, with a script that tells everything itself", async () => {
    const { server, stop } = await telling(false);
    const script = join(folder, "telling.ts");
    const client = pathToFileURL(join(import.meta.dirname, "../../harness/k6/index.ts")).pathname;
    writeFileSync(
      script,
      `import { defineK6Scenario, latencies } from "${client}";
       const scenario = defineK6Scenario({ name: "telling", usersPerVu: 1, keepsConnection: false, defaults: { vus: 2, rate: 4 } });
       export const options = scenario.options;
       export const handleSummary = scenario.handleSummary;
       export default async function () {
         const [user] = scenario.users.take();
         latencies.login.add(1, { user: user.user_name });
         console.error("cupping violation content: " + JSON.stringify(user));
         throw new Error(JSON.stringify(user));
       }`,
    );
    const target = ["--target", server.ws, "--http", server.http, "--users", `file:${users}`];
    const words = ["--vus", "2", "--rate", "4", "--duration", "1s", "--ramp", "200ms", "--drain", "1s"];
    const more = ["--keep-samples", "--k6", k6 as string, ...everyReport];
    const { err, leaks } = await run("k6", ["k6", script, ...words, ...target, ...more]);
    await stop();
    expect(err).toMatch(/user_name.*\*{6}/);
    expect(leaks).toEqual([]);
  });
});

describe("errors", { timeout: 60_000 }, () => {
  const files: [what: string, csv: string][] = [
    ["a password where the user_id should be", "qzpass-1,qzname-1,1,\n"],
    ["a cell too many", "1,qzname-1,qzpass-1,qztoken-1,qzpass-1\n"],
    ["a user called as a column", "qzpass-1,password,qzname-1,\n"],
    ["a name twice", "1,qzname-1,qzpass-1,\n2,qzname-1,qzpass-2,\n"],
    ["an open quote", '1,qzname-1,"qzpass-1,\n'],
    ["a header and an id that is none", "user_name,password,user_id\nqzname-1,qzpass-1,qztoken-1\n"],
  ];
  const commands: [command: string, option: (file: string) => string[]][] = [
    ["conformance", (file) => ["--target", "tcp://127.0.0.1:1", "--users", `file:${file}`]],
    ["conformance", (file) => ["--target", "ref", "--token-users", file]],
    ["load chat", (file) => ["--target", "tcp://127.0.0.1:1", "--users", `file:${file}`]],
    ["faults", (file) => ["--target", "tcp://127.0.0.1:1", "--users", `file:${file}`]],
  ];

  test.each(files)("about a users file with %s tell no cell", async (what, csv) => {
    const file = join(folder, `${what.replaceAll(" ", "-")}.csv`);
    writeFileSync(file, csv);
    const runs = commands.map(async ([command, option]) => {
      const { code, err, leaks } = await run(`${what} ${command}`, [...command.split(" "), ...option(file)]);
      expect(code, err).toBe(2);
      expect(err).toContain(file);
      expect(leaks).toEqual([]);
    });
    await Promise.all(runs);
    const served = await runCupping(folder, ["serve", "--store", "memory:", "--users-file", file]);
    expect(served.code, served.err).toBe(2);
    expect(leaksIn(join(folder, `${what} faults`.replaceAll(/\W+/g, "-")), { err: served.err }, accounts)).toEqual([]);
  });

  test("about a registration that is refused tell nothing that the target said back", async () => {
    await using server = await LocalServer.start();
    const api = await startRefusingApi();
    const target = ["--target", server.tcp, "--http", api.http];
    for (const command of [load, ["faults", "--only", "latency"]]) {
      const { out, err } = await run("registration", [...command, ...target]);
      expect(api.words.size).toBeGreaterThan(0);
      for (const word of api.words) {
        for (const form of [word, Buffer.from(word).toString("hex"), Buffer.from(word).toString("base64")]) {
          expect(out + err).not.toContain(form.slice(0, 12));
        }
      }
    }
    await api.stop();
  });

  test("about a password in an option do not tell it", async () => {
    const { code, leaks } = await run("option", [...load, "--user-password", "qzpass-1", "--user-template", "u{n}"]);
    expect({ code, leaks }).toEqual({ code: 2, leaks: [] });
  });
});
