import { Front } from "./front.ts";
import type { SickTarget } from "./sick-target.ts";

/** A balancer that spreads connections over two servers, one of which closes each at once. */
export const halfSick: SickTarget = {
  name: "half-sick",
  title: "closes every second connection at once",
  async start() {
    let connections = 0;
    const front = await Front.start({
      onConnect(client) {
        connections += 1;
        if (connections % 2 === 1) return false;
        client.destroy();
        return true;
      },
    });
    return { target: front.target, http: front.http, stop: () => front.stop() };
  },
};

/** Its HTTP API takes requests and leaves them unanswered from some registration on; its gate is healthy. */
export function registersOnly(count: number): SickTarget {
  return {
    name: `registers-only-${count}`,
    title: `answers the first ${count} registrations`,
    async start() {
      let registrations = 0;
      const front = await Front.start({
        onHttp(_request, response) {
          registrations += 1;
          if (registrations <= count) return false;
          response.destroy();
          return true;
        },
      });
      return { target: front.target, http: front.http, stop: () => front.stop() };
    },
  };
}
