import assert from "node:assert/strict"
import { test } from "node:test"
import { en } from "../vault/messages/en.js"

const texts = Object.entries(en)

/** What nobody can promise someone who was harmed. */
const banned = [
  /anonymous/, /untraceable/, /100\s*%/, /guarantee/, /\bsafe(ly|ty|r)?\b/, /\bsecure/, /court-proof/, /admissible/, /evidence-grade/,
  /\bproves?\b/, /\bjustice\b/, /stop abusers/, /you are not alone/, /we will notify you/, /only you can ever/, /deleted forever/,
  /confidential/, /perpetrator/, /abuser/, /\balleg/, /\bvictim/, /\bbrave\b/, /your truth/, /don't worry/, /!/, /military/,
]

test("no text holds a promise that we cannot keep", () => {
  for (const [key, text] of texts) {
    for (const word of banned) assert.doesNotMatch(text.toLowerCase(), word, `${key} says ${word}`)
  }
})

test("every screen can be read after six years of school", () => {
  for (const screen of new Set(texts.map(([key]) => screenOf(key)))) {
    const sentences = texts.filter(([key]) => screenOf(key) === screen).flatMap(([, text]) => sentencesOf(text))
    assert.ok(grade(sentences) <= 6, `${screen}: grade ${grade(sentences).toFixed(1)}`)
  }
})

test("a sentence has twelve words or fewer on average, and none more than twenty-five", () => {
  const lengths = texts.flatMap(([, text]) => sentencesOf(text)).map((sentence) => wordsOf(sentence).length)
  assert.ok(lengths.reduce((sum, n) => sum + n, 0) / lengths.length <= 12)
  for (const [key, text] of texts) {
    for (const sentence of sentencesOf(text)) assert.ok(wordsOf(sentence).length <= 25, `${key}: ${sentence}`)
  }
})

function screenOf(key: string): string {
  return /^(.+?)\./.exec(key)?.[1] ?? "words that stand alone"
}

/** Flesch and Kincaid's grade level (1975): 0.39 words per sentence + 11.8 syllables per word − 15.59. */
function grade(sentences: readonly string[]): number {
  const words = sentences.flatMap(wordsOf)
  const syllables = words.reduce((sum, word) => sum + syllablesOf(word), 0)
  return 0.39 * (words.length / sentences.length) + 11.8 * (syllables / words.length) - 15.59
}

function sentencesOf(text: string): string[] {
  return text.replaceAll("**", "").split(/[.?:;…]\s|[.?:;…]?$|\n\n/).map((part) => part.trim()).filter((part) => wordsOf(part).length > 0)
}

function wordsOf(sentence: string): string[] {
  return sentence.replace(/\{\w+\}/g, "it").match(/[A-Za-z']+/g) ?? []
}

function syllablesOf(word: string): number {
  const groups = word.toLowerCase().replace(/(?:[^laeiouy]|ed|[^laeiouy]e)$/, "").replace(/^y/, "").match(/[aeiouy]+/g)
  return Math.max(1, groups?.length ?? 1)
}
