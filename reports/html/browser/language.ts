// The page in the reader's language: it stands in English, and has the Chinese of each phrase with it.

import type { Language, Phrase } from "../../words/phrase.ts";

const ATTRIBUTES = ["aria-label", "placeholder", "title"] as const;

let current: Language = "en";

/**
 * Shows the page in the browser's language, and makes the button work that changes it.
 * @param changed is called after each change
 */
export function setUpLanguage(changed: () => void): void {
  const button = document.querySelector<HTMLButtonElement>("#language");
  const show = (language: Language): void => {
    current = language;
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
    translate(document);
    if (button !== null) {
      button.textContent = language === "zh" ? "English" : "中文";
      button.lang = language === "zh" ? "en" : "zh-CN";
    }
    changed();
  };
  button?.addEventListener("click", () => show(current === "zh" ? "en" : "zh"));
  if (/^zh\b/i.test(navigator.language)) show("zh");
}

/** A phrase in the language of the page. */
export function say(phrase: Phrase): string {
  return phrase[current];
}

/** Puts the phrases of a part of the page into its language: of the whole, or of what has just come. */
export function translate(part: ParentNode): void {
  for (const element of part.querySelectorAll<HTMLElement>("[data-zh]")) {
    const english = element.dataset["en"] ?? element.textContent ?? "";
    element.dataset["en"] = english;
    element.textContent = current === "zh" ? (element.dataset["zh"] ?? "") : english;
  }
  for (const attribute of ATTRIBUTES) {
    for (const element of part.querySelectorAll(`[data-zh-${attribute}]`)) {
      const english = element.getAttribute(`data-en-${attribute}`) ?? element.getAttribute(attribute) ?? "";
      element.setAttribute(`data-en-${attribute}`, english);
      const chinese = element.getAttribute(`data-zh-${attribute}`) ?? "";
      element.setAttribute(attribute, current === "zh" ? chinese : english);
    }
  }
}

/** Makes a phrase the text of an element, in whichever language the page is or will be. */
export function put(element: HTMLElement, { en, zh }: Phrase): void {
  element.dataset["en"] = en;
  element.dataset["zh"] = zh;
  element.textContent = say({ en, zh });
}
