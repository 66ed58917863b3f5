import { escapeXml } from "../xml.ts";

/** A piece of finished HTML. Only `html` makes it, so that a plain string can never be taken for one. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What may stand in a template: text is escaped, markup is not, lists are joined, nothing stays nothing. */
export type Content = string | number | Markup | undefined | false | readonly Content[];

/** A template for HTML in which everything that is filled in is escaped, unless it is markup itself. */
export function html(parts: TemplateStringsArray, ...values: Content[]): Markup {
  let text = parts[0] ?? "";
  for (const [index, value] of values.entries()) text += render(value) + (parts[index + 1] ?? "");
  return new Markup(text);
}

function render(content: Content): string {
  if (content === undefined || content === false) return "";
  if (content instanceof Markup) return content.text;
  if (typeof content === "object") return content.map(render).join("");
  return escapeXml(String(content));
}

/** Text in which backticks mark code, as the rules are written. */
export function inlineCode(text: string): Markup {
  return html`${text.split("`").map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part))}`;
}
