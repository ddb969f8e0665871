import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"
import { banned, gendered, whyOf } from "./messages-banned.js"
import { ease, grade, sentencesOf, wordsOf } from "./messages-reading.js"

const locales = ["en", "fr", "es", "ar"] as const
const read = (name: string) => JSON.parse(readFileSync(`vault/stored/${name}.json`, "utf8")) as Record<string, string>
const texts = { en: read("en"), fr: read("fr"), es: read("es"), ar: read("ar") }

test("what is stored is told in every language, text by text", () => {
  for (const locale of locales) assert.deepEqual(Object.keys(texts[locale]), Object.keys(texts.en), locale)
})

for (const locale of locales) {
  test(`what is stored, ${locale}: no promise that we cannot keep, nobody is asked why, and nobody's sex is supposed`, () => {
    for (const [key, text] of Object.entries(texts[locale])) {
      for (const word of banned[locale]) assert.doesNotMatch(text.toLowerCase(), word, `${key} says ${word}`)
      for (const question of text.match(/[^.!?؟]*[?؟]/g) ?? []) assert.doesNotMatch(question.toLowerCase(), whyOf[locale], key)
      if (locale !== "en") for (const word of gendered[locale]) assert.doesNotMatch(text.toLowerCase(), word, `${key} says ${word}`)
    }
  })

  test(`what is stored, ${locale}: short sentences in plain words`, (t) => {
    const sentences = Object.values(texts[locale]).flatMap(sentencesOf)
    assert.ok(sentences.reduce((sum, sentence) => sum + wordsOf(sentence).length, 0) <= 12 * sentences.length)
    for (const sentence of sentences) assert.ok(wordsOf(sentence).length <= 25, sentence)
    const read = locale === "en" ? grade(sentences) : locale === "ar" ? null : ease(locale, sentences)
    t.diagnostic(`${read}`)
    if (read !== null) assert.ok(locale === "en" ? read <= 6 : read >= 75, `${read}`)
  })
}
