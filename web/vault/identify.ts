import { say, type Key } from "./say.js"

/** What a person has typed to name somebody. */
export interface Typed {
  readonly type: "tel" | "email" | "handle" | "url" | "member"
  text: string
  /** ISO 3166 code, for a number without +. */
  country: string
  /** For a name on a platform. */
  platform: string
  /** Who gave out a number. */
  issuer: string
}

/** What it was understood as: nothing yet, an identifier with its words, or why it cannot be used. */
export type Reading = null | { readonly canonical: string; readonly words: string } | { readonly unusable: Key }

/** The platforms whose profile pages are understood, with what people call them. */
const known: readonly (readonly [string, string])[] = [
  ["instagram", "Instagram"], ["facebook", "Facebook"], ["x", "X (Twitter)"], ["linkedin", "LinkedIn"], ["tiktok", "TikTok"],
]

export async function platforms(): Promise<readonly (readonly [string, string])[]> {
  return known
}

/** Every country that has phone numbers, by its name in the language of the page. */
export async function countries(): Promise<readonly (readonly [string, string])[]> {
  const { getCountries, getCountryCallingCode } = await import("libphonenumber-js/max")
  const names = new Intl.DisplayNames(document.documentElement.lang, { type: "region" })
  return getCountries()
    .map((code) => [code, `${names.of(code) ?? code} (+${getCountryCallingCode(code)})`] as const)
    .sort(([, a], [, b]) => a.localeCompare(b))
}

/** What was typed, as an identifier. */
export async function read(typed: Typed): Promise<Reading> {
  const text = typed.text.normalize("NFKC").trim()
  if (text === "") return null
  if (typed.type === "tel") return readPhone(text, typed.country)
  if (typed.type === "email") {
    const address = text.toLowerCase()
    return /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(address) ? await named(`email:${address}`) : { unusable: "name.badEmail" }
  }
  if (typed.type === "handle") {
    const handle = text.replace(/^@/, "").toLowerCase()
    return /^[\w.-]{1,50}$/.test(handle) ? await named(`handle:${typed.platform}:${handle}`) : { unusable: "name.badPage" }
  }
  return { unusable: "name.unusable" }
}

/** An identifier in plain words. */
export async function readBack(canonical: string): Promise<string> {
  const [type = "", ...rest] = canonical.split(":")
  const value = rest.join(":")
  if (type === "tel") {
    const { parsePhoneNumberFromString } = await import("libphonenumber-js/max")
    return say("name.tel.read", { value: parsePhoneNumberFromString(value)?.formatInternational() ?? value })
  }
  if (type === "handle") return say("name.handle.read", { platform: known.find(([word]) => word === rest[0])?.[1] ?? rest[0] ?? "", value: rest.slice(1).join(":") })
  if (type === "member") return say("name.member.read", { platform: rest[0] ?? "", value: rest.slice(1).join(":") })
  return say(type === "email" ? "name.email.read" : "name.url.read", { value })
}

async function readPhone(text: string, country: string): Promise<Reading> {
  const { parsePhoneNumberFromString } = await import("libphonenumber-js/max")
  const digits = text.replace(/^00/, "+")
  if (!digits.startsWith("+") && country === "") return { unusable: "name.needsCountry" }
  const number = parsePhoneNumberFromString(digits, country === "" ? {} : { defaultCountry: country as "FR" })
  return number?.isValid() ? await named(`tel:${number.number}`) : { unusable: "name.badTel" }
}

async function named(canonical: string): Promise<Reading> {
  return { canonical, words: await readBack(canonical) }
}
