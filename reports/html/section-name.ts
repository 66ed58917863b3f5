import { html, type Markup } from "./markup.ts";

/** A section's id with what it is about, when the result says it: older ones do not. */
export function sectionName(section: string, title: string | undefined): Markup {
  return html`${section}${title !== undefined && html` <span class="soft">${title}</span>`}`;
}
