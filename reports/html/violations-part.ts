import type { LoadResult } from "../../harness/result/index.ts";
import { loadWords } from "../words/pages.ts";
import { html, type Markup, spoken } from "./markup.ts";

/** Violations of a check that stand on the first screen; the rest is with the check. */
const SHOWN = 3;

/** What was found wrong, told under the verdict: each check with its first violations. */
export function violationsPart({ checks }: LoadResult): Markup {
  const broken = Object.entries(checks).filter(([, { violations }]) => violations > 0);
  if (broken.length === 0) return html``;
  return html`<section class="violations"${spoken("aria-label", loadWords.violations)}>${broken.map(
    ([name, { violations, title, examples }]) => html`<h2>${loadWords.violationsOf(violations, name)}</h2>
${title !== undefined && html`<p class="soft" lang="en">${title}.</p>`}
<ul class="examples" lang="en">${examples.slice(0, SHOWN).map(({ text }) => html`<li>${text}</li>`)}</ul>
${examples.length > SHOWN && html`<p class="soft">${loadWords.moreExamples(examples.length - SHOWN)}</p>`}`,
  )}</section>`;
}
