import type { Mutant } from "../mutant.ts";
import { wrapStore } from "../wrap/store.ts";

/** HTTP-10: stores nicknames escaped for HTML. */
export const namesHtmlEscaped: Mutant = {
  name: "names-html-escaped",
  breaks: ["HTTP-10"],
  title: "stores nicknames escaped for HTML",
  story: "Escaping on the way in was to keep scripts out of the administration page.",
  apply(seams) {
    wrapStore(seams, (store) => ({
      createUser: (user) =>
        store.createUser({ ...user, nick_name: user.nick_name.replaceAll("'", "&#39;").replaceAll('"', "&quot;") }),
    }));
  },
};
