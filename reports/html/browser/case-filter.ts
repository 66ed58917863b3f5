// The list of cases: filter by status and by text, and open the case that the address names.

/** Makes the filter bar work, where the page has one. */
export function setUpCaseFilter(): void {
  for (const list of document.querySelectorAll<HTMLElement>("[data-cases]")) connect(list);
  openNamedCase();
  addEventListener("hashchange", openNamedCase);
}

function connect(list: HTMLElement): void {
  const search = list.querySelector<HTMLInputElement>("input[type=search]");
  const chips = [...list.querySelectorAll<HTMLButtonElement>("button[data-status]")];
  const cases = [...list.querySelectorAll<HTMLElement>("[data-case]")];
  const sections = [...list.querySelectorAll<HTMLElement>("[data-section]")];
  const counter = list.querySelector<HTMLElement>("output");
  const texts = new Map(cases.map((entry) => [entry, (entry.textContent ?? "").toLowerCase()]));

  const apply = (): void => {
    const wanted = new Set(chips.filter((chip) => chip.ariaPressed === "true").map((chip) => chip.dataset["status"]));
    const words = (search?.value ?? "").toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const entry of cases) {
      const text = texts.get(entry) ?? "";
      const visible =
        (wanted.size === 0 || wanted.has(entry.dataset["case"])) && words.every((word) => text.includes(word));
      entry.hidden = !visible;
      if (visible) shown += 1;
    }
    for (const section of sections) section.hidden = section.querySelector("[data-case]:not([hidden])") === null;
    if (counter !== null) counter.textContent = shown === cases.length ? String(shown) : `${shown} of ${cases.length}`;
  };

  search?.addEventListener("input", apply);
  for (const chip of chips) {
    chip.addEventListener("click", () => {
      chip.ariaPressed = chip.ariaPressed === "true" ? "false" : "true";
      apply();
    });
  }
  apply();
}

function openNamedCase(): void {
  const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!(named instanceof HTMLDetailsElement)) return;
  named.hidden = false;
  named.open = true;
  named.scrollIntoView();
}
