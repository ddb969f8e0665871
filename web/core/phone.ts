import { getCountries, getCountryCallingCode, isSupportedCountry, parsePhoneNumberFromString, type CountryCode } from "libphonenumber-js/core/es6"
import metadata from "libphonenumber-js/metadata.min.json"

// The one file of core that brings the numbering plans of the world along. Import it only when there is a number to read.

/**
 * Digits, after a + where one stood, as E.164. spec/identifiers.md, section 4.
 *
 * @param region - ISO 3166 code of the country of a number without +.
 */
export function e164(digits: string, region: string | null): string | { readonly help: "no-country" | "not-a-number" } {
  const country = region?.toUpperCase() as CountryCode | undefined
  const known = country !== undefined && isSupportedCountry(country, metadata) ? country : null
  const national = digits.startsWith("+") || known === null ? null : planned(digits, known)
  if (national !== null) return national

  const abroad = digits.replace(/^00/, "+")
  if (!abroad.startsWith("+")) return { help: known === null ? "no-country" : "not-a-number" }
  return planned(abroad, null) ?? { help: "not-a-number" }
}

/** The number as it is printed for foreigners, with its spaces. */
export function spaced(number: string): string {
  return parsePhoneNumberFromString(number, metadata)?.formatInternational() ?? number
}

/** ISO 3166 codes of the countries that have numbers, each with its calling code. */
export function countries(): readonly (readonly [string, string])[] {
  return getCountries(metadata).map((code) => [code, getCountryCallingCode(code, metadata)])
}

/** E.164, when the number is in a numbering plan of its calling code; else `null`. */
function planned(digits: string, country: CountryCode | null): string | null {
  // Mexico dropped the 1 after +52 in 2019; old contacts and WhatsApp still show it.
  const today = digits.replace(/^\+521([0-9]{10})$/, "+52$1")
  const number = parsePhoneNumberFromString(today, { extract: false, ...(country !== null && { defaultCountry: country }) }, metadata)
  if (!number || !plansOf(number.countryCallingCode).some((plan) => plan.test(number.nationalNumber))) return null
  // In a plan where numbers may begin with the trunk prefix, one that would be taken for the prefix again is nobody's.
  return parsePhoneNumberFromString(number.number, { extract: false }, metadata)?.number === number.number ? number.number : null
}

/** The patterns of all numbers of a country, for each country with this calling code. */
function plansOf(callingCode: string): readonly RegExp[] {
  const regions: readonly string[] | undefined = metadata.country_calling_codes[callingCode as never]
  const plans: readonly (readonly unknown[] | undefined)[] = regions === undefined
    ? [metadata.nonGeographic[callingCode as never]]
    : regions.map((region) => metadata.countries[region as CountryCode])
  return plans.flatMap((plan) => (typeof plan?.[2] === "string" ? [new RegExp(`^(?:${plan[2]})$`)] : []))
}
