import type { CapabilityInfo } from "../../scenarios/rules/index.ts";

const OPENING = "<!-- capabilities; written by npm run rules -->";
const CLOSING = "<!-- end of capabilities -->";

/** What each origin means for who claims it. */
const CLAIMED: Readonly<Record<CapabilityInfo["origin"], string>> = {
  upstream: "both profiles",
  extension: "`full`",
  choice: "when declared",
};

/**
 * The document with its table of capabilities written anew; every word outside the markers stays as it is.
 * @throws Error when a marker is missing
 */
export function writeCapabilities(document: string, capabilities: Readonly<Record<string, CapabilityInfo>>): string {
  const from = document.indexOf(OPENING);
  const to = document.indexOf(CLOSING);
  if (from < 0 || to < from) throw new Error(`the table of capabilities stands between ${OPENING} and ${CLOSING}`);
  const rows = Object.entries(capabilities).map(
    ([name, { origin, title }]) => `| \`${name}\` | ${title} | ${CLAIMED[origin]} |`,
  );
  const table = ["| capability | what it is about | claimed by |", "|---|---|---|", ...rows].join("\n");
  return `${document.slice(0, from)}${OPENING}\n\n${table}\n\n${document.slice(to)}`;
}
