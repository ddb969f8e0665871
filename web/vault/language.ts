import type { MessageFormatElement } from "@formatjs/icu-messageformat-parser"
import { IntlMessageFormat } from "intl-messageformat"
import { sayAgain } from "./live.js"
import type { Key } from "./messages/en.js"

/** A text of the catalogue: as it stands, or parsed already by the build. */
export type Text = string | MessageFormatElement[]

export type Catalogue = Readonly<Partial<Record<Key, Text>>>

/** What people may choose, each by its own name. */
export const languages = { en: "English", fr: "Français", es: "Español", ar: "العربية" } as const

/** `en-XA` is no language: English made longer and strange, to see what breaks. Browsers that ask for it get it. */
export type Language = keyof typeof languages | "en-XA"

type Catalogues = Readonly<Record<Language, () => Promise<Catalogue>>>

const catalogues: Catalogues = {
  "en": async () => (await import("./messages/en.js")).en,
  "fr": async () => (await import("./messages/fr.js")).fr,
  "es": async () => (await import("./messages/es.js")).es,
  "ar": async () => (await import("./messages/ar.js")).ar,
  "en-XA": async () => (await import("./messages/pseudo.js")).strangely((await import("./messages/en.js")).en),
}

let language: Language = "en"
let chosen: Language | null = null
let texts: Catalogue = {}
const moreCatalogues: Catalogues[] = []
const formats = new Map<Key, IntlMessageFormat>()
let turn: Promise<void> = Promise.resolve()

/** Texts come one after the other: a language that is chosen while more of another is loaded is spoken last. */
const inTurn = (next: () => Promise<void>) => (turn = turn.then(next, next))

export function spoken(): Language {
  return language
}

export function isLanguage(value: unknown): value is Language {
  return typeof value === "string" && Object.hasOwn(catalogues, value)
}

/** What this browser's owner reads best, of what we have. */
export function preferred(asked: readonly string[] = navigator.languages): Language {
  for (const tag of asked) {
    const found = [tag, tag.split("-")[0]].find(isLanguage)
    if (found !== undefined) return found
  }
  return "en"
}

/** What somebody chose on this page; null while it is what their browser asks for. */
export function chosenLanguage(): Language | null {
  return chosen
}

export async function choose(wanted: Language): Promise<void> {
  await speak(wanted, wanted)
}

/** The page in this language from now on, what is on it already too. Nothing that was typed is touched. */
export function speak(wanted: Language, choice = chosen): Promise<void> {
  return inTurn(async () => {
    texts = await textsOf(wanted)
    language = wanted
    chosen = choice
    formats.clear()
    const root = document.documentElement
    root.lang = wanted
    root.dir = wanted === "ar" ? "rtl" : "ltr"
    sayAgain(document)
    sayFrame()
    document.dispatchEvent(new Event("spoken"))
  })
}

/** What else there is to say, from now on: screens that are loaded later bring their own texts. */
export function alsoSpeak(more: Catalogues): Promise<void> {
  moreCatalogues.push(more)
  return inTurn(async () => {
    texts = await textsOf(language)
  })
}

/** A text in another language than that of the page, without arguments. */
export async function textIn(wanted: Language, key: Key): Promise<string> {
  return String((await textsOf(wanted))[key] ?? key)
}

async function textsOf(wanted: Language): Promise<Catalogue> {
  const all = await Promise.all([catalogues, ...moreCatalogues].map((each) => each[wanted]()))
  return Object.assign({}, ...all) as Catalogue
}

/** What stands in the page before any script. */
function sayFrame(): void {
  for (const element of document.querySelectorAll("[data-say], [data-say-label]")) {
    const [text, label] = [element.getAttribute("data-say"), element.getAttribute("data-say-label")]
    if (text !== null && has(text)) element.textContent = format(text, {})
    if (label !== null && has(label)) element.setAttribute("aria-label", format(label, {}))
  }
}

/** The language for `Intl`: digits are those of the phone numbers and addresses beside them. */
export function locale(): string {
  return `${language}-u-nu-latn`
}

/** A text of the catalogue with its arguments filled in. A key that has no text is its own: it shows up on the first look. */
export function format(key: Key, values: Readonly<Record<string, string | number>>): string {
  const text = texts[key] ?? key
  if (typeof text === "string" && !text.includes("{")) return text

  let parsed = formats.get(key)
  if (parsed === undefined) formats.set(key, parsed = new IntlMessageFormat(text, locale(), undefined, { ignoreTag: true }))
  return String(parsed.format(values))
}

export function has(key: string): key is Key {
  return Object.hasOwn(texts, key)
}
