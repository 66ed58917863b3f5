import type { CapabilityInfo, LimitInfo } from "../../scenarios/rules/index.ts";

/** What each origin means for who claims it. */
const CLAIMED: Readonly<Record<CapabilityInfo["origin"], string>> = {
  upstream: "both profiles",
  extension: "`full`",
  choice: "when declared",
};

/**
 * The document with its tables of capabilities and limits written anew; every word outside the markers stays as it is.
 * @throws Error when a marker is missing
 */
export function writeCapabilities(
  document: string,
  capabilities: Readonly<Record<string, CapabilityInfo>>,
  limits: Readonly<Record<string, LimitInfo>>,
): string {
  const claims = Object.entries(capabilities).map(
    ([name, { origin, title }]) => `| \`${name}\` | ${title} | ${CLAIMED[origin]} |`,
  );
  const numbers = Object.entries(limits).map(
    ([name, { title, rule, least, most }]) => `| \`${name}\` | ${title} | ${rule} | ${least} | ${most} |`,
  );
  const withClaims = writeTable(document, "capabilities", [
    "| capability | what it is about | claimed by |",
    "|---|---|---|",
    ...claims,
  ]);
  return writeTable(withClaims, "limits", [
    "| limit | how many | rule | lowest | highest |",
    "|---|---|---|--:|--:|",
    ...numbers,
  ]);
}

function writeTable(document: string, what: string, lines: readonly string[]): string {
  const opening = `<!-- ${what}; written by npm run rules -->`;
  const closing = `<!-- end of ${what} -->`;
  const from = document.indexOf(opening);
  const to = document.indexOf(closing);
  if (from < 0 || to < from) throw new Error(`the table of ${what} stands between ${opening} and ${closing}`);
  return `${document.slice(0, from)}${opening}\n\n${lines.join("\n")}\n\n${document.slice(to)}`;
}
