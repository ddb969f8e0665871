import { fromCanonical, parseIdentifier, readBack as partsOf, type Identifier, type IdentifierType } from "../core/identifiers.js"
import { platforms as known } from "../core/platforms.js"
import { locale } from "./language.js"
import { remember } from "./live.js"
import { say, type Key } from "./say.js"

/** What a person has typed to name somebody. */
export interface Typed {
  readonly type: IdentifierType
  text: string
  /** ISO 3166 code, for a number without +. */
  country: string
  /** For a name on a platform. */
  platform: string
  /** Who gave out a number. */
  issuer: string
}

export interface InWords {
  readonly canonical: string
  readonly words: string
}

/** What it was understood as: nothing yet; an identifier, and perhaps another that may be theirs too; or why it cannot be used. */
export type Reading = null | (InWords & { readonly also: InWords | null }) | { readonly unusable: Key }

/** The platforms that are understood, with what people call them. */
export function platforms(): readonly (readonly [string, string])[] {
  return known.map((platform) => [platform.name, platform.title] as const)
}

/** Every country that has phone numbers, by its name in the language of the page. */
export async function countries(): Promise<readonly (readonly [string, string])[]> {
  const phone = await import("../core/phone.js")
  const name = (code: string) => new Intl.DisplayNames(locale(), { type: "region" }).of(code) ?? code
  return phone.countries()
    .map(([code, calling]) => [code, remember(`${name(code)} (+${calling})`, () => `${name(code)} (+${calling})`)] as const)
    .sort(([, a], [, b]) => a.localeCompare(b))
}

/** What was typed, as an identifier in its one spelling and in plain words. */
export async function read(typed: Typed): Promise<Reading> {
  const text = typed.type === "handle" && !typed.text.includes(":") ? `${typed.platform}:${typed.text}` : typed.text
  if (typed.text.trim() === "") return null

  const found = await parseIdentifier(typed.type, text, { region: typed.country || null, organisation: typed.issuer || null })
  if ("help" in found) return found.help === "empty" ? null : { unusable: `name.help.${found.help}` }

  const { also } = await partsOf(found)
  return { canonical: found.canonical, words: await wordsOf(found), also: also && { canonical: also.canonical, words: await wordsOf(also) } }
}

/** A canonical form in plain words. */
export async function readBack(canonical: string): Promise<string> {
  const identifier = await fromCanonical(canonical)
  return identifier === null ? canonical : wordsOf(identifier)
}

async function wordsOf(identifier: Identifier): Promise<string> {
  const { platform, text } = await partsOf(identifier)
  return say(`name.${identifier.type}.read`, { platform: platform ?? "", value: text })
}
