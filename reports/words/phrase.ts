/** The languages in which people read a report. */
export type Language = "en" | "zh";

/**
 * What people read, in every language: one that lacks a language does not compile. A message with parameters is a
 * function from them to a phrase. What programs read is no phrase: statuses, ids and keys stay as they are.
 */
export type Phrase = Readonly<Record<Language, string>>;

/** What stands as it is in every language: a name, a number, or what a server or a program said. */
export function asIs(text: string): Phrase {
  return { en: text, zh: text };
}

/** Phrases one behind the other, as parts of one sentence. */
export function listed(phrases: readonly Phrase[]): Phrase {
  return { en: phrases.map(({ en }) => en).join(", "), zh: phrases.map(({ zh }) => zh).join("，") };
}

/** Sentences one behind the other. */
export function inARow(sentences: readonly Phrase[]): Phrase {
  return { en: sentences.map(({ en }) => en).join(" "), zh: sentences.map(({ zh }) => zh).join("") };
}

/** Makes a whole sentence of what may stand within one. */
export function asSentence({ en, zh }: Phrase): Phrase {
  // An address is no word.
  const capital = /^[a-z]+:\/\//.test(en) ? en : en.charAt(0).toUpperCase() + en.slice(1);
  return ended({ en: capital, zh: zh === en ? capital : zh });
}

/** Ends a sentence that begins as it does, e.g. with the name of a figure. */
export function ended({ en, zh }: Phrase): Phrase {
  const english = /[.!?]$/.test(en) ? en : `${en}.`;
  // What has no Chinese stays an English sentence to its end.
  if (zh === en) return asIs(english);
  return { en: english, zh: /[.!?。！？]$/.test(zh) ? zh : `${zh}。` };
}

/** A phrase in the middle of a line. */
export function lowerCase({ en, zh }: Phrase): Phrase {
  return { en: en.toLowerCase(), zh };
}
