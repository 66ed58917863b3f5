import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { passwordDigest } from "../../harness/client/index.ts";
import type { Mutant } from "../../server-ref/index.ts";

/** All that logs a user in, in each form in which a server may say it. */
export function sayings(words: readonly string[]): string {
  const plain = words.join(" ");
  return [plain, Buffer.from(plain).toString("hex"), Buffer.from(plain).toString("base64")].join(" and ");
}

/** Says to every user, wherever a server may speak, what logs the user of `number` in. */
export function tellTale({ number, refuses }: { number: number; refuses: boolean }): Mutant {
  const said = sayings([`qzname-${number}`, passwordDigest(`qzpass-${number}`), `qzpass-${number}`]);
  return {
    name: "tell-tale",
    breaks: ["MSG-02"],
    title: "tells everybody what logs users in",
    story: "Somebody left a line of debugging in the code.",
    apply(seams) {
      seams.gate.outgoing = (packet) => {
        const message = packet.message as Record<string, unknown>;
        const told = {
          ...("result_string" in message && { result_string: said, ...(refuses && { result_code: 5 }) }),
          ...("msg_data" in message && !packet.isReply && { msg_data: Buffer.from(said) }),
        };
        return [{ ...packet, message: { ...message, ...told } }];
      };
    },
  };
}

/** An HTTP API that refuses every account, and says back what it was sent. */
export interface RefusingApi {
  readonly http: string;
  /** Every word that it was sent to register somebody. */
  readonly words: ReadonlySet<string>;
  stop(): Promise<void>;
}

/** Starts one on a free port of this machine. */
export async function startRefusingApi(): Promise<RefusingApi> {
  const words = new Set<string>();
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.once("end", () => {
      const { userName, userPwd } = JSON.parse(body) as { userName: string; userPwd: string };
      for (const word of [userName, userPwd]) words.add(word);
      response.end(JSON.stringify({ error_code: 201, error_msg: sayings([userName, userPwd]) }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    http: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    words,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
