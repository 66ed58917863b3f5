import type { Phrase } from "../words/phrase.ts";
import { escapeXml } from "../xml.ts";

/** A piece of finished HTML. Only `html` makes it, so that a plain string can never be taken for one. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/**
 * What may stand in a template: text is escaped, markup is not, lists are joined, nothing stays nothing. A phrase stands
 * in English and has its other language with it, which the page's script puts in its place.
 */
export type Content = string | number | Markup | Phrase | undefined | false | readonly Content[];

/** A template for HTML in which everything that is filled in is escaped, unless it is markup itself. */
export function html(parts: TemplateStringsArray, ...values: Content[]): Markup {
  let text = parts[0] ?? "";
  for (const [index, value] of values.entries()) text += render(value) + (parts[index + 1] ?? "");
  return new Markup(text);
}

function render(content: Content): string {
  if (content === undefined || content === false) return "";
  if (content instanceof Markup) return content.text;
  if (Array.isArray(content)) return content.map(render).join("");
  if (isPhrase(content)) {
    const { en, zh } = content;
    return en === zh ? escapeXml(en) : `<span data-zh="${escapeXml(zh)}">${escapeXml(en)}</span>`;
  }
  return escapeXml(String(content));
}

/** What a result says, in every language that is known of it; what is known in English alone is marked as English. */
export function inLanguage(phrase: Phrase): Markup {
  return phrase.en === phrase.zh ? html`<span lang="en">${phrase.en}</span>` : html`${phrase}`;
}

/** An attribute that is read to people, such as `aria-label`; it begins with a blank. */
export function spoken(attribute: "aria-label" | "placeholder" | "title", { en, zh }: Phrase): Markup {
  return new Markup(` ${attribute}="${escapeXml(en)}"${en === zh ? "" : ` data-zh-${attribute}="${escapeXml(zh)}"`}`);
}

/** The other language of an element that holds nothing but this phrase and can hold no other element. */
export function otherwise({ en, zh }: Phrase): Markup {
  return new Markup(en === zh ? "" : ` data-zh="${escapeXml(zh)}"`);
}

function isPhrase(content: Content): content is Phrase {
  return typeof content === "object" && "zh" in content;
}

/** Text in which backticks mark code, as the rules are written. */
export function inlineCode(text: string): Markup {
  return html`${text.split("`").map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part))}`;
}
