import assert from "node:assert/strict"
import { readFileSync, readdirSync } from "node:fs"
import { test } from "node:test"
import { parse, type MessageFormatElement } from "@formatjs/icu-messageformat-parser"
import { ar } from "../vault/messages/ar.js"
import { en } from "../vault/messages/en.js"
import { es } from "../vault/messages/es.js"
import { fr } from "../vault/messages/fr.js"
import type { HelpLine, RulePack, Texts } from "../vault/law/packs.js"
import { strangely } from "../vault/messages/pseudo.js"
import { banned, gendered, whyOf } from "./messages-banned.js"
import { ease, grade, screenOf, sentencesOf, wordsOf } from "./messages-reading.js"

const [rules, helpLines] = ["rules", "helplines"].map((name) => JSON.parse(readFileSync(`vault/law/${name}.json`, "utf8"))) as [RulePack[], HelpLine[]]

type Locale = "en" | "fr" | "es" | "ar"

const catalogues: Readonly<Record<Locale, Readonly<Record<string, string>>>> = { en, fr, es, ar }
const locales = Object.keys(catalogues) as Locale[]
const translations = locales.filter((locale) => locale !== "en")

for (const locale of translations) {
  test(`${locale} says everything that English says, and nothing else`, () => {
    assert.deepEqual({
      missing: Object.keys(en).filter((key) => !(key in catalogues[locale])),
      unknown: Object.keys(catalogues[locale]).filter((key) => !(key in en)),
    }, { missing: [], unknown: [] })
  })
}

for (const locale of locales) {
  const texts = Object.entries(catalogues[locale])

  test(`${locale}: every text is ICU MessageFormat, with each plural that the language has`, () => {
    const needed = new Intl.PluralRules(locale).resolvedOptions().pluralCategories.filter((one) => used(locale, one))
    for (const [key, text] of texts) {
      for (const part of flat(parsed(text, key))) {
        if (part.type === 6) assert.deepEqual(needed.filter((one) => !(one in part.options)), [], `${key} lacks a plural`)
      }
    }
  })

  test(`${locale}: two fields of one screen do not have one name`, () => {
    for (const [one, other] of [["room.when.label", "episodes.when"], ["ways.half1", "ways.half2"], ["name.telLabel", "name.telAgain"], ["name.emailLabel", "name.emailAgain"]] as const) {
      assert.notEqual(catalogues[locale][one], catalogues[locale][other])
    }
  })

  test(`${locale}: no text holds a promise that we cannot keep`, () => {
    for (const [key, text] of texts) {
      for (const word of banned[locale]) assert.doesNotMatch(text.toLowerCase(), word, `${key} says ${word}`)
    }
  })

  test(`${locale}: nobody is asked why`, () => {
    for (const [key, text] of texts) {
      for (const question of text.match(/[^.!?؟]*[?؟]/g) ?? []) assert.doesNotMatch(question.toLowerCase(), whyOf[locale], key)
    }
  })

  test(`${locale}: a sentence has twelve words or fewer on average, and none more than twenty-five`, () => {
    const sentences = texts.flatMap(([key, text]) => variants(parsed(text, key)).flatMap(sentencesOf).map((sentence) => [key, sentence] as const))
    const lengths = sentences.map(([, sentence]) => wordsOf(sentence).length)
    assert.ok(lengths.reduce((sum, n) => sum + n, 0) <= 12 * lengths.length)
    for (const [key, sentence] of sentences) assert.ok(wordsOf(sentence).length <= 25, `${key}: ${sentence}`)
  })
}

test("what has something strong in it is told in paragraphs: elsewhere its signs would be shown", () => {
  const strong = Object.entries(en).filter(([, text]) => text.includes("**")).map(([key]) => key)
  const sources = readdirSync("vault", { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts") && !name.startsWith("messages/"))
  const said = new Set(sources.flatMap((name) => [...readFileSync(`vault/${name}`, "utf8").matchAll(/\bsay\("([^"]+)"/g)].map(([, key]) => key)))
  assert.ok(strong.length > 10 && said.size > 500, `${strong.length} ${said.size}`)
  assert.deepEqual(strong.filter((key) => said.has(key)), [])
})

test("every English screen can be read after six years of school", () => {
  for (const [screen, sentences] of screensOf("en")) assert.ok(grade(sentences) <= 6, `${screen}: grade ${grade(sentences).toFixed(1)}`)
})

for (const locale of ["fr", "es"] as const) {
  test(`${locale} reads fairly easily as a whole, and no screen with more than a few sentences is hard`, (t) => {
    const screens = screensOf(locale)
    const whole = ease(locale, [...screens.values()].flat())
    t.diagnostic(`ease ${whole.toFixed(1)}`)
    assert.ok(whole >= 80, `ease ${whole.toFixed(1)}`)
    for (const [screen, sentences] of screens) {
      if (sentences.length > 5) assert.ok(ease(locale, sentences) >= 65, `${screen}: ease ${ease(locale, sentences).toFixed(1)}`)
    }
  })
}

test("what the law and the help lines say holds no such promise either", () => {
  const entries = [...rules.flatMap((pack) => pack.rules.flatMap(({ text, note }) => [text, note])), ...helpLines.flatMap((line) => [line.for, line.hours])]
  for (const texts of entries as (Texts | null | undefined)[]) {
    for (const locale of locales) {
      for (const word of banned[locale]) assert.doesNotMatch(texts?.[locale]?.toLowerCase() ?? "", word, `${texts?.en}, ${locale}`)
    }
  }
})

for (const locale of translations) {
  const both = Object.entries<string>(en).flatMap(([key, english]) => {
    const text = catalogues[locale][key]
    return text === undefined ? [] : [[key, english, text] as const]
  })

  test(`${locale} has the same arguments, paragraphs and strong words as English`, () => {
    for (const [key, english, text] of both) {
      assert.deepEqual(argumentsOf(text, key), argumentsOf(english, key), key)
      for (const mark of ["\n\n", "**"]) assert.equal(text.split(mark).length, english.split(mark).length, `${key}: ${JSON.stringify(mark)}`)
    }
  })

  test(`${locale} does not suppose whether it speaks to a woman or a man`, () => {
    for (const [key, , text] of both) {
      for (const word of gendered[locale]) assert.doesNotMatch(text.toLowerCase(), word, `${key} says ${word}`)
    }
  })
}

test("the pseudo-language is English between brackets, two fifths longer, with the same arguments", () => {
  const strange = strangely(Object.fromEntries(Object.entries<string>(en).map(([key, text]) => [key, text.includes("{") ? parsed(text, key) : text])))
  const lengthOf = (text: string | MessageFormatElement[] = "") => (typeof text === "string" ? text : variants(text).join("")).length
  let [longer, shorter] = [0, 0]
  for (const [key, text] of Object.entries(strange).filter(([key]) => !key.startsWith("title"))) {
    const parts = typeof text === "string" ? text : variants(text)[0] ?? ""
    assert.match(parts, /^\[[^]*\]$/, key)
    longer += lengthOf(text)
    shorter += lengthOf(parsed(en[key as keyof typeof en], key))
  }
  assert.ok(longer / shorter > 1.3 && longer / shorter < 1.5, `${longer / shorter}`)
})

/** Categories that whole numbers below a thousand reach: French and Spanish have one for millions. */
function used(locale: string, category: Intl.LDMLPluralRule): boolean {
  const rules = new Intl.PluralRules(locale)
  return Array.from({ length: 1000 }, (_, n) => rules.select(n)).includes(category)
}

function parsed(text: string, key: string): MessageFormatElement[] {
  try {
    return parse(text, { ignoreTag: true })
  } catch (e) {
    return assert.fail(`${key} is not ICU MessageFormat: ${e}`)
  }
}

function flat(parts: readonly MessageFormatElement[]): MessageFormatElement[] {
  return parts.flatMap((part) => ("options" in part ? [part, ...Object.values(part.options).flatMap(({ value }) => flat(value))] : [part]))
}

function argumentsOf(text: string, key: string): string[] {
  return [...new Set(flat(parsed(text, key)).flatMap((part) => (part.type === 0 || part.type === 7 ? [] : [`${part.type} ${part.value}`])))].sort()
}

/** Every way a text can read, each argument as one short word. */
function variants(parts: readonly MessageFormatElement[]): string[] {
  return parts.reduce<string[]>((all, part) => {
    const ways = part.type === 0 ? [part.value] : "options" in part ? Object.values(part.options).flatMap(({ value }) => variants(value)) : ["it"]
    return all.flatMap((start) => ways.map((way) => start + way))
  }, [""])
}

function screensOf(locale: Locale): Map<string, string[]> {
  const screens = new Map<string, string[]>()
  for (const [key, text] of Object.entries(catalogues[locale])) {
    const screen = screenOf(key)
    screens.set(screen, [...screens.get(screen) ?? [], ...variants(parsed(text, key)).flatMap(sentencesOf)])
  }
  return screens
}
