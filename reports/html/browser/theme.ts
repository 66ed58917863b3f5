// Light, dark, or as the system says. The choice lasts as long as the page: a file has no place to remember it.

import { controlWords } from "../../words/controls.ts";
import { put } from "./language.ts";

const order = ["auto", "light", "dark"] as const;

/** Makes the theme button work. `changed` is called after each change of colours, by the reader or by the system. */
export function setUpTheme(changed: () => void): void {
  const button = document.querySelector<HTMLButtonElement>("#theme");
  const system = matchMedia("(prefers-color-scheme: dark)");
  system.addEventListener("change", changed);
  if (button !== null) put(button, controlWords.theme.auto);
  button?.addEventListener("click", () => {
    const current = order.findIndex((theme) => theme === (document.documentElement.dataset["theme"] ?? "auto"));
    const next = order[(current + 1) % order.length] ?? "auto";
    document.documentElement.dataset["theme"] = next;
    put(button, controlWords.theme[next]);
    changed();
  });
}

let probe: HTMLElement | undefined;

/** A colour of the style sheet as it is now, light or dark, in a form that a canvas understands. */
export function color(name: string): string {
  probe ??= document.body.appendChild(Object.assign(document.createElement("span"), { hidden: true }));
  probe.style.color = `var(--${name})`;
  return getComputedStyle(probe).color;
}
