import { defineScenario, type Scenario, type Stage, type VirtualUser } from "../../harness/load/index.ts";

/** Users log in, stay for a while and leave: a steady stream, or all at once with `--storm`. */
const login: Scenario = defineScenario({
  name: "login",
  title: "users log in, stay a moment and leave; --storm: all at once",
  description:
    "The rate is that of logins. connect is the time until the connection stands, login that from request to answer. " +
    "With --storm all users come in the first moment of the traffic and stay; the rate is not used.",
  defaults: { clients: 1000, rate: 100, duration: "30s" },
  startsOffline: true,
  options: {
    stay: { type: "number", default: 1, describe: "seconds that a user stays logged in", limits: { minimum: 0 } },
    storm: { type: "boolean", default: false, describe: "all users log in at once" },
  },
  refuse({ options, clients, rate }) {
    const needed = Math.ceil(rate * Number(options["stay"]));
    if (options["storm"] || needed <= clients) return undefined;
    return (
      `--rate ${rate} with --stay ${options["stay"]} keeps ${needed} users logged in at a time, and there are ${clients}: ` +
      "give more --clients, a shorter --stay or a lower --rate"
    );
  },
  async during(stage) {
    if (!stage.options["storm"]) return;
    // The measured time begins after the warm-up; a storm is all there is to measure, so it does not wait.
    await Promise.all(stage.users.map((user) => user.login()));
  },
  act(user, at, stage) {
    if (stage.options["storm"]) return undefined;
    const free = user.state === "offline" ? user : stage.users.find((other) => other.state === "offline");
    if (!free) return stage.noUserFree(at);
    return visit(free, at, stage);
  },
});

async function visit(user: VirtualUser, at: number, stage: Stage): Promise<void> {
  if (!(await user.login(at))) return;
  await stage.sleep(user, Number(stage.options["stay"]) * 1000);
  user.logout();
}

export default login;
