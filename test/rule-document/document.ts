import type { Rule, Section } from "../../scenarios/rules/index.ts";

/** What opens a table in the document, with the sections whose rules it lists. */
const OPENING = /^<!-- rules: ([A-Z, ]+?)(?:; .*)? -->$/;
const CLOSING = "<!-- end of rules -->";

/**
 * The document with its tables of rules written anew; every word outside the markers stays as it is.
 * @throws Error when a marker is not closed or names a section that there is not, when a section has no table or two,
 * or when no heading above its table gives its title
 */
export function writeTables(document: string, sections: readonly Section[]): string {
  const written: string[] = [];
  const missing = new Map(sections.map((section) => [section.id, section]));
  const lines = document.split("\n");
  let heading = "";
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? "";
    if (/^#+ /.test(line)) heading = line;
    written.push(line);
    const ids = OPENING.exec(line)?.[1]?.split(", ");
    if (ids === undefined) continue;
    const end = lines.indexOf(CLOSING, at);
    if (end < 0) throw new Error(`line ${at + 1}: the table of ${ids.join(", ")} is not closed by ${CLOSING}`);
    const own = ids.map((id) => {
      const section = missing.get(id);
      if (section === undefined)
        throw new Error(`line ${at + 1}: there is no section ${id}, or it has a table already`);
      missing.delete(id);
      checkTitle(heading, section);
      return section;
    });
    written.push("", ...tableOf(own), "", CLOSING);
    at = end;
  }
  if (missing.size > 0) throw new Error(`no table lists the rules of ${[...missing.keys()].join(", ")}`);
  return written.join("\n");
}

function checkTitle(heading: string, { id, title }: Section): void {
  const wanted = `${title} (${id})`;
  if (!heading.toLowerCase().includes(wanted.toLowerCase())) {
    throw new Error(`the heading above the rules of ${id} is "${heading}" and does not say "${wanted}"`);
  }
}

function tableOf(sections: readonly Section[]): string[] {
  const rules = sections.flatMap((section) => section.rules);
  const [subject, text] = sections.find(({ columns }) => columns)?.columns ?? [undefined, "rule"];
  // Where no rule names its evidence, the prose above the table does it for all.
  const evidence = rules.some((rule) => rule.evidence !== undefined);
  const row = (rule: Rule): string[] => [
    rule.id,
    ...(subject === undefined ? [] : [rule.subject ?? ""]),
    rule.text,
    ...(evidence ? [rule.evidence ?? "–"] : []),
    rule.status.replace(/\b(D\/I|D|I|imp|ours)\b/g, "[$1]"),
  ];
  const head = ["id", ...(subject === undefined ? [] : [subject]), text, ...(evidence ? ["evidence"] : []), "status"];
  const cells = [head, ...rules.map(row)].map((one) => `| ${one.join(" | ")} |`);
  return [cells[0] as string, `|${"---|".repeat(head.length)}`, ...cells.slice(1)];
}
