// What cases open to. It lies beside the page as text, since thousands of them as elements would take seconds to open.

import { translate } from "./language.ts";

let bodies: Record<string, string> | undefined;

function all(): Record<string, string> {
  bodies ??= JSON.parse(document.querySelector("#case-bodies")?.textContent || "{}") as Record<string, string>;
  return bodies;
}

/** Gives a case its elements when it is opened for the first time. */
export function setUpCaseBodies(): void {
  document.addEventListener(
    "toggle",
    ({ target }) => {
      if (target instanceof HTMLDetailsElement && target.open) fill(target);
    },
    true,
  );
}

function fill(details: HTMLDetailsElement): void {
  const place = details.querySelector<HTMLElement>(":scope > .body");
  const body = all()[details.id];
  if (place === null || body === undefined || place.childElementCount > 0) return;
  place.innerHTML = body;
  translate(place);
}

/** The text that a case opens to, whether or not it has been opened. */
export function bodyText({ id }: HTMLElement): string {
  const body = all()[id];
  if (body === undefined) return "";
  return body.replace(/<[^>]*>/g, " ").replace(/&(lt|gt|amp|quot|#39|apos);/g, (entity) => entities[entity] ?? entity);
}

const entities: Record<string, string> = {
  "&lt;": "<",
  "&gt;": ">",
  "&amp;": "&",
  "&quot;": '"',
  "&apos;": "'",
  "&#39;": "'",
};
