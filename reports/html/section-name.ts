import type { Phrase } from "../words/phrase.ts";
import { html, inLanguage, type Markup } from "./markup.ts";

/** A section's id with what it is about, when the result says it: older ones do not. */
export function sectionName(section: string, title: Phrase | undefined): Markup {
  return html`${section}${title !== undefined && html` <span class="soft">${inLanguage(title)}</span>`}`;
}
