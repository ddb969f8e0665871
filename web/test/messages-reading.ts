export function screenOf(key: string): string {
  return /^(.+?)\./.exec(key)?.[1] ?? "words that stand alone"
}

export function sentencesOf(text: string): string[] {
  return text.replaceAll("**", "").split(/[.?:;…؟؛]\s|[.?:;…؟؛]?$|\n\n/).map((part) => part.trim()).filter((part) => wordsOf(part).length > 0)
}

export function wordsOf(sentence: string): string[] {
  return sentence.replaceAll("’", "'").match(/[\p{L}\p{M}']+/gu) ?? []
}

/** Flesch and Kincaid's grade level (1975): 0.39 words per sentence + 11.8 syllables per word − 15.59. */
export function grade(sentences: readonly string[]): number {
  const { length, syllables } = measured(sentences, englishSyllables)
  return 0.39 * length + 11.8 * syllables - 15.59
}

/**
 * Reading ease, from 0 (very hard) to 100 (very easy); 70 to 80 is "fairly easy", what six or seven years of school read.
 * French: Kandel and Moles (1958), 207 − 1.015 words per sentence − 73.6 syllables per word. Spanish: Fernández Huerta
 * (1959), 206.84 − 1.02 words per sentence − 60 syllables per word.
 */
export function ease(language: "fr" | "es", sentences: readonly string[]): number {
  const { length, syllables } = measured(sentences, language === "fr" ? frenchSyllables : spanishSyllables)
  return language === "fr" ? 207 - 1.015 * length - 73.6 * syllables : 206.84 - 1.02 * length - 60 * syllables
}

function measured(sentences: readonly string[], syllablesOf: (word: string) => number): { length: number, syllables: number } {
  const words = sentences.flatMap(wordsOf)
  return { length: words.length / sentences.length, syllables: words.reduce((sum, word) => sum + syllablesOf(word), 0) / words.length }
}

function englishSyllables(word: string): number {
  return groups(word.replace(/(?:[^laeiouy]|ed|[^laeiouy]e)$/i, "").replace(/^y/i, ""), /[aeiouy]+/gi)
}

/** A silent e at the end, with s or nt behind it, is no syllable; `qu` and `gu` have no vowel of their own. */
function frenchSyllables(word: string): number {
  return groups(word.replace(/^.*'/, "").replace(/(?<=[^aeiouyàâéèêëîïôûù])(?:e|es|ent)$/i, "").replace(/([qg])u(?=[eiéèê])/gi, "$1"), /[aeiouyàâéèêëîïôöûùüœæ]+/gi)
}

/** Strong vowels beside each other are two syllables, and so is a weak one with an accent beside a strong one. */
function spanishSyllables(word: string): number {
  return groups(word.replace(/([qg])u(?=[eiéí])/gi, "$1"), /[aeoáéó][iuüy]?(?![íú])|[íú]|[iuüy]+(?![aeoáéóíú])/gi)
}

function groups(word: string, vowels: RegExp): number {
  return Math.max(1, word.match(vowels)?.length ?? 1)
}
