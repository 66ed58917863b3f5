import type { Capability } from "./capabilities.ts";
import type { RuleKind } from "./kinds.ts";
import type { Entry, Rule } from "./rule.ts";

/** What a section is, beside its rules. */
export interface SectionHead {
  /** What the ids of its rules begin with, e.g. `MSG`. */
  readonly id: string;
  /** What it is about, as the contract's heading and the reports say it. */
  readonly title: string;
  /** The same for readers of Chinese; reports show it. */
  readonly chineseTitle: string;
  /** What its rules are about, unless one says otherwise. */
  readonly kind: RuleKind;
  /** What a target must claim before any rule of the section is asked of it. */
  readonly capability?: Capability;
  /** Headings of the columns between id and evidence, when the rules have a subject. Default: `rule` alone. */
  readonly columns?: readonly [subject: string, text: string];
}

/** A section of the contract; `Id` is the union of its rules' ids. */
export interface Section<Id extends string = string> extends SectionHead {
  readonly rules: readonly (Rule & { readonly id: Id })[];
}

/** The entries of a section by rule id; one with a field that no rule has, a misspelt one say, is none. */
type Exact<T> = { readonly [Id in keyof T]: Entry & { readonly [F in Exclude<keyof T[Id], keyof Entry>]: never } };

/** Joins a section to its rules, which come by id and in the contract's order. */
export function defineSection<T extends Readonly<Record<string, Entry>>>(
  head: SectionHead,
  entries: T & Exact<T>,
): Section<keyof T & string> {
  const rules = Object.entries<Entry>(entries).map(([id, entry]) => ({
    id: id as keyof T & string,
    ...entry,
    kind: entry.kind ?? head.kind,
  }));
  return { ...head, rules };
}
