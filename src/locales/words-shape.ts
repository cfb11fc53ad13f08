/** Forms of a sentence by how many its first number is: the categories of `Intl.PluralRules`. */
export type PluralForms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & { readonly other: string };

/** By the English words, with `{0}`, `{1}` … where something is put in. */
export type Words = Readonly<Record<string, string | PluralForms>>;
