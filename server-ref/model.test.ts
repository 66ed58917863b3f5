import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "vitest";
import { RandomChat, USERS } from "./testing/random-chat.ts";
import { startTestServer, temporaryFolder } from "./testing/test-server.ts";

test.each([1, 2, 3, 4])(
  "history, sessions, unread counts and pushes are the model's (seed %i)",
  async (seed) => {
    const folder = await temporaryFolder();
    const usersFile = join(folder, "users.csv");
    await writeFile(usersFile, USERS.map((user) => `${user},user${user},,token${user}\n`).join(""));
    const store = seed % 2 === 0 ? `sqlite:${join(folder, "db")}` : "memory:";
    const server = await startTestServer({ usersFile, store });
    await new RandomChat([server.tcp], seed, "by id").play(25);
  },
  60_000,
);
