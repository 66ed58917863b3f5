// A button beside each command that copies it.

import { controlWords } from "../../words/controls.ts";
import type { Phrase } from "../../words/phrase.ts";
import { put } from "./language.ts";

/** How long the button says that it has copied, in milliseconds. */
const SAID_MS = 1_500;

/** Gives the commands their buttons: those in a folded part when it is opened for the first time. */
export function setUpCopying(): void {
  for (const command of document.querySelectorAll<HTMLElement>(".command")) {
    if (command.closest("details:not([open])") === null) addButton(command);
  }
  document.addEventListener(
    "toggle",
    ({ target }) => {
      if (!(target instanceof HTMLDetailsElement) || !target.open) return;
      for (const command of target.querySelectorAll<HTMLElement>(".command")) addButton(command);
    },
    true,
  );
}

function addButton(command: HTMLElement): void {
  if (command.nextElementSibling?.classList.contains("copy")) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  put(button, controlWords.copy);
  button.addEventListener("click", () => {
    copy(command).then(
      () => say(button, controlWords.copied),
      () => say(button, controlWords.notAllowed),
    );
  });
  command.after(button);
}

/** The clipboard is for pages of secure origins; a file is none in every browser, so its text is selected as well. */
async function copy(command: HTMLElement): Promise<void> {
  getSelection()?.selectAllChildren(command);
  if (navigator.clipboard !== undefined) await navigator.clipboard.writeText(command.textContent ?? "");
  else if (!document.execCommand("copy")) throw new Error("copying is not allowed here");
}

function say(button: HTMLButtonElement, phrase: Phrase): void {
  put(button, phrase);
  setTimeout(() => put(button, controlWords.copy), SAID_MS);
}
