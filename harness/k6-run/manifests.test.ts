import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Ajv } from "ajv";
import { Deployment } from "kubernetes-models/apps/v1/Deployment";
import { Job } from "kubernetes-models/batch/v1/Job";
import { PersistentVolumeClaim } from "kubernetes-models/v1/PersistentVolumeClaim";
import { Pod } from "kubernetes-models/v1/Pod";
import { Service } from "kubernetes-models/v1/Service";
import { expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { readSettings } from "../k6/settings.ts";
import { TESTED_K6_VERSION } from "./find-k6.ts";

const folder = join(import.meta.dirname, "..", "..", "deploy", "k8s");

interface Manifest {
  kind: string;
  spec: Record<string, unknown>;
}

async function manifests(file: string): Promise<Manifest[]> {
  const documents = parseAllDocuments(await readFile(join(folder, file), "utf8"));
  return documents.map((document) => {
    expect(document.errors).toEqual([]);
    return document.toJS() as Manifest;
  });
}

/** The models of Kubernetes' own objects, which check them against its OpenAPI schema. */
const models = { Deployment, Job, PersistentVolumeClaim, Pod, Service } as Record<
  string,
  new (
    manifest: never,
  ) => { validate(): void }
>;

const modelOf = (manifest: Manifest): { validate(): void } => {
  const Model = models[manifest.kind];
  if (!Model) throw new Error(`there is no model for ${manifest.kind}`);
  return new Model(manifest as never);
};

test.each(["server.yaml", "results.yaml", "slices.yaml"])("%s holds valid Kubernetes objects", async (file) => {
  const found = await manifests(file);
  expect(found.length).toBeGreaterThan(1);
  for (const manifest of found) modelOf(manifest).validate();
});

test("a wrong manifest is found: the check is one", async () => {
  const [server] = await manifests("server.yaml");
  expect(() => modelOf({ ...(server as Manifest), spec: { replicas: "many" } }).validate()).toThrow();
});

interface Runner {
  image: string;
  env: { name: string; value?: string; valueFrom?: unknown }[];
  resources: object;
  volumes: object[];
  volumeMounts: object[];
  securityContext: object;
}

async function runner(): Promise<{ manifest: Manifest; runner: Runner }> {
  const [manifest] = await manifests("testrun.yaml");
  return { manifest: manifest as Manifest, runner: manifest?.spec["runner"] as Runner };
}

test("testrun.yaml is a TestRun of k6-operator", async () => {
  const schema = JSON.parse(await readFile(join(folder, "testrun.schema.json"), "utf8")) as object;
  const validate = new Ajv({ allErrors: true }).compile(schema);
  const { manifest } = await runner();
  validate(manifest);
  expect(validate.errors ?? []).toEqual([]);
  expect(validate({ ...manifest, spec: { ...manifest.spec, paralelism: 2 } })).toBe(false);
});

test("what the operator puts into its pods is valid there", async () => {
  const { image, env, resources, volumes, volumeMounts, securityContext } = (await runner()).runner;
  const container = { name: "k6", image, env, resources, volumeMounts };
  const pod = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "runner" },
    spec: { containers: [container], volumes, securityContext },
  };
  modelOf(pod as never).validate();
  expect(image).toBe(`grafana/k6:${TESTED_K6_VERSION}`);
});

test("the scripts understand the variables that the pods are given", async () => {
  const { env } = (await runner()).runner;
  const variables = Object.fromEntries(env.map(({ name, value }) => [name, value]));
  const settings = readSettings(variables, { vus: 1, rate: 1 });
  expect(settings).toMatchObject({
    url: "ws://cupping-server:8001",
    vus: 400,
    rate: 400,
    durationMs: 120_000,
    rampMs: 30_000,
  });
  expect(settings.thresholds).toEqual(["msg_e2e: p(99)<500"]);
  // Names that the scripts do not read would have no effect.
  const known = new Set(["POD_NAME", "K6_OUT"]);
  const read = new Set<string>();
  const watched = new Proxy(variables, {
    get(all, name: string) {
      read.add(name);
      return all[name];
    },
  });
  readSettings(watched, { vus: 1, rate: 1 });
  expect(Object.keys(variables).filter((name) => !read.has(name) && !known.has(name))).toEqual([]);
});
