// The list of cases: filter by status and by text, both kept in the address, and open the case that the address names.

import { controlWords } from "../../words/controls.ts";
import { bodyText } from "./case-bodies.ts";
import { put } from "./language.ts";

/** How an address begins that holds a filter and no case. */
const FILTER = "#?";

/** Makes the filter bar work, where the page has one. */
export function setUpCaseFilter(): void {
  for (const list of document.querySelectorAll<HTMLElement>("[data-cases]")) connect(list);
  openNamedCase();
  addEventListener("hashchange", openNamedCase);
  addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.target instanceof HTMLInputElement) return;
    const search = document.querySelector<HTMLInputElement>("[data-cases] input[type=search]");
    if (search === null) return;
    event.preventDefault();
    search.focus();
  });
}

function connect(list: HTMLElement): void {
  const search = list.querySelector<HTMLInputElement>("input[type=search]");
  const chips = [...list.querySelectorAll<HTMLButtonElement>("button[data-status]")];
  const cases = [...list.querySelectorAll<HTMLElement>("[data-case]")];
  const sections = [...list.querySelectorAll<HTMLElement>("[data-section]")];
  const counter = list.querySelector<HTMLElement>("output");
  const nothing = list.querySelector<HTMLElement>("[data-nothing]");
  let texts: Map<HTMLElement, string> | undefined;

  const apply = (): void => {
    const wanted = chips.filter((chip) => chip.ariaPressed === "true").map((chip) => chip.dataset["status"] ?? "");
    const words = (search?.value ?? "").toLowerCase().split(/\s+/).filter(Boolean);
    // Thousands of cases are read when somebody looks for a word, and not before.
    if (words.length > 0)
      texts ??= new Map(cases.map((entry) => [entry, `${entry.textContent} ${bodyText(entry)}`.toLowerCase()]));
    let shown = 0;
    for (const entry of cases) {
      const hasStatus = wanted.length === 0 || wanted.includes(entry.dataset["case"] ?? "");
      const visible = hasStatus && words.every((word) => texts?.get(entry)?.includes(word));
      entry.hidden = !visible;
      if (visible) shown += 1;
    }
    for (const section of sections) section.hidden = section.querySelector("[data-case]:not([hidden])") === null;
    if (nothing !== null) nothing.hidden = shown > 0;
    if (counter !== null)
      put(counter, shown === cases.length ? controlWords.shown(shown) : controlWords.shownOf(shown, cases.length));
  };

  const remember = (): void => {
    const asked = new URLSearchParams();
    for (const chip of chips) if (chip.ariaPressed === "true") asked.append("status", chip.dataset["status"] ?? "");
    if (search?.value) asked.set("text", search.value);
    history.replaceState(null, "", asked.size > 0 ? `${FILTER}${asked}` : "#");
  };
  const recall = (): void => {
    if (!location.hash.startsWith(FILTER)) return;
    const asked = new URLSearchParams(location.hash.slice(FILTER.length));
    for (const chip of chips) chip.ariaPressed = String(asked.getAll("status").includes(chip.dataset["status"] ?? ""));
    if (search !== null) search.value = asked.get("text") ?? "";
    apply();
  };
  const change = (): void => {
    apply();
    remember();
  };

  search?.addEventListener("input", change);
  for (const chip of chips) {
    chip.addEventListener("click", () => {
      chip.ariaPressed = chip.ariaPressed === "true" ? "false" : "true";
      change();
    });
  }
  addEventListener("hashchange", recall);
  // In another language there are other words to be found.
  document.querySelector("#language")?.addEventListener("click", () => {
    texts = undefined;
    apply();
  });
  apply();
  recall();
}

function openNamedCase(): void {
  if (location.hash.startsWith(FILTER)) return;
  const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!(named instanceof HTMLDetailsElement)) return;
  named.hidden = false;
  named.open = true;
  named.scrollIntoView();
}
