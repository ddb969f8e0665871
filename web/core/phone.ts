import { isSupportedCountry, parsePhoneNumberFromString, type CountryCode } from "libphonenumber-js/max"

// The one file of core that brings the phone numbers of the world along. Import it only when there is a number to read.

/**
 * Digits, after a + where one stood, as E.164. spec/identifiers.md, section 4.
 *
 * @param region - ISO 3166 code of the country of a number without +.
 */
export function e164(digits: string, region: string | null): string | { readonly help: "no-country" | "not-a-number" } {
  const country = region?.toUpperCase() ?? ""
  const known = isSupportedCountry(country) ? country : null
  const national = digits.startsWith("+") || known === null ? null : valid(digits, known)
  if (national !== null) return national

  const abroad = digits.replace(/^00/, "+")
  if (!abroad.startsWith("+")) return { help: known === null ? "no-country" : "not-a-number" }
  return valid(abroad, null) ?? { help: "not-a-number" }
}

/** The number as it is printed for foreigners, with its spaces. */
export function spaced(number: string): string {
  return parsePhoneNumberFromString(number)?.formatInternational() ?? number
}

function valid(digits: string, country: CountryCode | null): string | null {
  // Mexico dropped the 1 after +52 in 2019; old contacts and WhatsApp still show it.
  const today = digits.replace(/^\+521([0-9]{10})$/, "+52$1")
  const number = parsePhoneNumberFromString(today, { extract: false, ...(country !== null && { defaultCountry: country }) })
  return number?.isValid() ? number.number : null
}
