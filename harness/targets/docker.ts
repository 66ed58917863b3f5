import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

async function answers(program: string, ...words: string[]): Promise<boolean> {
  return await run(program, words).then(
    () => true,
    () => false,
  );
}

/** Whether an engine answers. */
export async function hasEngine(): Promise<boolean> {
  return await answers("docker", "version", "--format", "{{.Server.Version}}");
}

/** Whether the docker command has its compose plugin; Debian 12 has the program `docker-compose` instead. */
export async function hasComposePlugin(): Promise<boolean> {
  return await answers("docker", "compose", "version");
}
