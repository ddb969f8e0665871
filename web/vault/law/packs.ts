import type { Period } from "../../core/deadlines.js"
import { locale, spoken } from "../language.js"
import { remember } from "../live.js"

/** A text in the languages that somebody wrote it in: law is not translated by machines. English is always there. */
export type Texts = { readonly en: string } & Readonly<Record<string, string>>

/** Where an entry was read, when and how. */
export interface Checked {
  readonly source: { readonly title: string, readonly url: string }
  /** YYYY-MM-DD */
  readonly checked_on: string
  readonly checked_how: string
}

export interface Rule extends Checked {
  readonly id: string
  readonly kind: "agency" | "court" | "police" | "employer"
  /** From the last incident on. */
  readonly period: Period
  readonly text: Texts
  readonly note?: Texts
}

export interface RulePack {
  /** ISO 3166 */
  readonly country: string
  readonly rules: readonly Rule[]
}

export interface HelpLine extends Checked {
  readonly country: string
  readonly topic: "sexual-violence" | "young-people"
  readonly name: string
  readonly phone: string | null
  /** For text messages. */
  readonly message: string | null
  readonly web: string | null
  /** Null where the source does not say. */
  readonly hours: Texts | null
  readonly languages: readonly string[]
  readonly free: boolean | null
  readonly for: Texts
}

/** A text in the page's language, else in English. */
export function inLanguage(texts: Texts): string {
  const again = () => texts[spoken()] ?? texts.en
  return remember(again(), again)
}

export async function rulePacks(): Promise<readonly RulePack[]> {
  return (await import("./rules.json", { with: { type: "json" } })).default as unknown as readonly RulePack[]
}

export async function helpLines(): Promise<readonly HelpLine[]> {
  return (await import("./helplines.json", { with: { type: "json" } })).default as unknown as readonly HelpLine[]
}

/** The name of a country in the page's language. */
export function countryName(code: string): string {
  const again = () => new Intl.DisplayNames(locale(), { type: "region" }).of(code) ?? code
  return remember(again(), again)
}

/** The country to begin with: the one whose language the page speaks, where there is only one. Never from where somebody is. */
export function likelyCountry(countries: readonly string[]): string {
  const byLanguage: Readonly<Record<string, string>> = { fr: "FR", es: "ES", de: "DE" }
  const country = byLanguage[spoken()] ?? ""
  return countries.includes(country) ? country : ""
}
