import { defineScenario, type Scenario, type VirtualUser } from "../../harness/load/index.ts";

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
    stay: { type: "number", default: 1, describe: "seconds that a user stays logged in" },
    storm: { type: "boolean", default: false, describe: "all users log in at once" },
  },
  async during(stage) {
    if (!stage.options["storm"]) return;
    // The measured time begins after the warm-up; a storm is all there is to measure, so it does not wait.
    await Promise.all(stage.users.map((user) => user.login()));
  },
  act(user, at, stage) {
    if (stage.options["storm"]) return undefined;
    const free = user.state === "offline" ? user : stage.users.find((other) => other.state === "offline");
    if (!free) throw new Error("all users are logged in; give more --clients or a shorter --stay");
    return visit(free, at, Number(stage.options["stay"]) * 1000, (millis) => stage.sleep(user, millis));
  },
});

async function visit(
  user: VirtualUser,
  at: number,
  millis: number,
  sleep: (millis: number) => Promise<void>,
): Promise<void> {
  if (!(await user.login(at))) return;
  await sleep(millis);
  user.logout();
}

export default login;
