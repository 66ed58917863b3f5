import { expect, test } from "vitest";
import { commands } from "../../codegen/index.ts";
import { push, reply } from "../logic/effect.ts";
import { startTestServer } from "../testing/test-server.ts";

test("an effect that cannot be carried out is reported and ends nothing", async () => {
  const lines: string[] = [];
  const server = await startTestServer({
    log: (line) => lines.push(line),
    mutants: [
      {
        name: "unencodable",
        breaks: [],
        title: "answers a list request with what cannot be encoded",
        story: "a bug",
        apply(seams) {
          const unencodable = { user_id: "no number" } as never;
          seams.handlers.set(commands.LIST_RECENT_CONTACT_SESSION_REQ.id, {
            command: commands.LIST_RECENT_CONTACT_SESSION_REQ,
            handle: ({ self }) => [
              reply(commands.LIST_RECENT_CONTACT_SESSION_RSP, unencodable),
              push([self], commands.MSG_READ_NOTIFY, unencodable),
              push([self], commands.MSG_READ_NOTIFY, { user_id: 7n }),
            ],
          });
        },
      },
    ],
  });
  const { client, self } = await server.user();
  client.send(commands.LIST_RECENT_CONTACT_SESSION_REQ, { user_id: self });
  expect(await client.next(commands.MSG_READ_NOTIFY)).toMatchObject({ user_id: 7n });
  await client.settle(self);
  expect(lines.some((line) => line.startsWith("LIST_RECENT_CONTACT_SESSION_REQ failed"))).toBe(true);
});
