import type { LoadResult } from "../../harness/result/index.ts";
import { counted } from "../numbers.ts";
import { html, type Markup } from "./markup.ts";

/** Violations of a check that stand on the first screen; the rest is with the check. */
const SHOWN = 3;

/** What was found wrong, told under the verdict: each check with its first violations. */
export function violationsPart({ checks }: LoadResult): Markup {
  const broken = Object.entries(checks).filter(([, { violations }]) => violations > 0);
  if (broken.length === 0) return html``;
  return html`<section class="violations" aria-label="Violations">${broken.map(
    ([name, { violations, title, examples }]) => html`<h2>${counted(violations, "violation")} of ${name}</h2>
${title !== undefined && html`<p class="soft">${title}.</p>`}
<ul class="examples">${examples.slice(0, SHOWN).map(({ text }) => html`<li>${text}</li>`)}</ul>
${examples.length > SHOWN && html`<p class="soft">${counted(examples.length - SHOWN, "more example")} under “What was checked”.</p>`}`,
  )}</section>`;
}
