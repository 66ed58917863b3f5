import { CuppingError } from "../errors.ts";
import type { Fault, FaultScene } from "./fault.ts";

/** What a fault that acts on the server's process needs. */
function controlOf({ control }: FaultScene): NonNullable<FaultScene["control"]> {
  if (!control) throw new CuppingError("internal", "this fault needs a server that the harness has started");
  return control;
}

/** The faults, in the order in which they are run. */
export const faults: readonly Fault[] = [
  {
    name: "server-killed",
    title: "the server is killed (SIGKILL) in the middle of traffic and started again",
    needs: "control",
    async inflict(scene) {
      await controlOf(scene).kill();
      await scene.traffic(300);
      await controlOf(scene).start();
    },
  },
  {
    name: "server-killed-twice",
    title: "the server is killed again while clients are still coming back",
    needs: "control",
    async inflict(scene) {
      await controlOf(scene).crash();
      await scene.traffic(100);
      await controlOf(scene).crash();
    },
  },
  {
    name: "killed-before-answering",
    title: "messages arrive, their acknowledgements do not, and then the server is killed and started again",
    needs: "control",
    async inflict(scene) {
      scene.link.set({ swallow: "to-client" });
      await scene.traffic(500);
      await controlOf(scene).kill();
      scene.link.set({});
      await controlOf(scene).start();
    },
  },
  {
    name: "server-restarted",
    title: "the server is stopped in order and started again",
    needs: "control",
    inflict: (scene) => controlOf(scene).restart(),
  },
  {
    name: "server-paused",
    title: "the server is paused (SIGSTOP) for longer than clients wait, then resumed",
    needs: "control",
    async inflict(scene) {
      await controlOf(scene).pause();
      await scene.traffic(2_500);
      await controlOf(scene).resume();
    },
  },
  {
    name: "disk-full",
    title: "not a byte is left on the server's disk for a while",
    needs: "disk",
    async inflict(scene) {
      await controlOf(scene).disk?.fill();
      await scene.traffic(1_500);
      await controlOf(scene).disk?.free();
    },
  },
  {
    name: "killed-on-full-disk",
    title: "the disk is full, and the server is killed and started again when there is room",
    needs: "disk",
    async inflict(scene) {
      await controlOf(scene).disk?.fill();
      await scene.traffic(500);
      await controlOf(scene).kill();
      await controlOf(scene).disk?.free();
      await controlOf(scene).start();
    },
  },
  {
    name: "connections-reset",
    title: "every connection is reset three times in a row",
    needs: "link",
    async inflict({ link, traffic }) {
      for (let i = 0; i < 3; i++) {
        link.cut();
        await traffic(300);
      }
    },
  },
  {
    name: "refused",
    title: "connections break, and new ones are refused for a while",
    needs: "link",
    async inflict({ link, traffic }) {
      link.accept(false);
      link.cut();
      await traffic(1_000);
      link.accept(true);
    },
  },
  {
    name: "partition",
    title: "nothing passes for longer than clients wait; what was sent meanwhile arrives afterwards",
    needs: "link",
    async inflict({ link, traffic }) {
      link.set({ hold: true });
      await traffic(3_000);
      link.set({});
    },
  },
  {
    name: "half-open-to-client",
    title: "what the server sends vanishes: messages arrive, acknowledgements do not",
    needs: "link",
    async inflict({ link, traffic }) {
      link.set({ swallow: "to-client" });
      await traffic(3_000);
      link.set({});
    },
  },
  {
    name: "half-open-to-server",
    title: "what clients send vanishes, pushes still arrive",
    needs: "link",
    async inflict({ link, traffic }) {
      link.set({ swallow: "to-server" });
      await traffic(3_000);
      link.set({});
    },
  },
  {
    name: "latency",
    title: "each way takes 100 to 250 ms",
    needs: "link",
    async inflict({ link, traffic }) {
      link.set({ latencyMs: 100, jitterMs: 150 });
      await traffic(2_000);
      link.set({});
    },
  },
  {
    name: "bandwidth",
    title: "each connection passes 4 KB a second and way",
    needs: "link",
    async inflict({ link, traffic }) {
      link.set({ bytesPerSecond: 4_000 });
      await traffic(2_000);
      link.set({});
    },
  },
  {
    name: "lossy-and-slow",
    title: "a bad mobile network: latency, little bandwidth, and connections that break again and again",
    needs: "link",
    async inflict({ link, traffic }) {
      link.set({ latencyMs: 50, jitterMs: 200, bytesPerSecond: 16_000 });
      for (let i = 0; i < 4; i++) {
        await traffic(500);
        link.cut();
      }
      link.set({});
    },
  },
];
