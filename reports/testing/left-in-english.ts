import type { Page } from "playwright-core";

/**
 * What a page that is shown in Chinese still says in English: texts and spoken attributes with two English words in a
 * row. What a result or a program says stands in elements that are marked as English, as code, or in the tooltip of a
 * status, which has no language of its own.
 */
export async function leftInEnglish(page: Page): Promise<string[]> {
  return (await page.evaluate(`(() => {
    const english = /(?<!--)\\b[A-Za-z]?[a-z]{2,},?\\s+[a-z]{2,}\\b/;
    const found = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const { textContent, parentElement } = texts.currentNode;
      if (english.test(textContent) && !parentElement.closest("script, style, noscript, code, pre, [lang=en]"))
        found.push(textContent.trim());
    }
    for (const element of document.body.querySelectorAll("[aria-label], [title], [placeholder]")) {
      for (const name of ["aria-label", "title", "placeholder"]) {
        const text = element.getAttribute(name);
        if (text !== null && english.test(text) && !element.matches("[lang=en] *, .status")) found.push(name + ": " + text);
      }
    }
    return found;
  })()`)) as string[];
}
