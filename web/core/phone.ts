import { plans } from "./numbering-plans.js"

// The one file of core that brings the numbering plans of the world along. Import it only when there is a number to read.

/** How the numbers of a country are made: as libphonenumber's metadata have it. */
export type Plan = readonly [
  /** ISO 3166 code; empty for a plan of no country. */
  region: string,
  callingCode: string,
  /** What is dialled before a foreign number. */
  abroad: string,
  /** All numbers, without prefixes. */
  pattern: string,
  lengths: readonly number[],
  /** What may stand before a number at home, */
  prefix: string,
  /** and what it becomes: nothing, if this is empty. */
  prefixRule: string,
  /** Groups, how they stand for foreigners, and the digits such numbers begin with. */
  formats: readonly (readonly [string, string, string])[],
]

const longestCallingCode = 3
const [leastDigits, mostDigits] = [2, 17]

/**
 * Digits, after a + where one stood, as E.164. spec/identifiers.md, section 4.
 *
 * @param region - ISO 3166 code of the country of a number without +.
 */
export function e164(digits: string, region: string | null): string | { readonly help: "no-country" | "not-a-number" } {
  const home = plans.find(([code]) => code !== "" && code === region?.toUpperCase()) ?? null
  const national = digits.startsWith("+") || home === null ? null : planned(digits, home)
  if (national !== null) return national

  const abroad = digits.replace(/^00/, "+")
  if (!abroad.startsWith("+")) return { help: home === null ? "no-country" : "not-a-number" }
  return planned(abroad, null) ?? { help: "not-a-number" }
}

/** The number as it is printed for foreigners, with its spaces. */
export function spaced(number: string): string {
  const plan = mainPlan(number.slice(1))
  if (plan === undefined) return number
  const [, callingCode, , , , , , formats] = plan
  const national = number.slice(1 + callingCode.length)
  const format = formats.find(([groups, , beginning]) => new RegExp(`^(?:${beginning})`).test(national) && whole(groups).test(national))
  return `+${callingCode} ${format === undefined ? national : national.replace(whole(format[0]), format[1])}`
}

/** ISO 3166 codes of the countries that have numbers, each with its calling code. */
export function countries(): readonly (readonly [string, string])[] {
  return plans.flatMap(([region, callingCode]) => (region === "" ? [] : [[region, callingCode]]))
}

/** E.164, when the number is in a numbering plan of its calling code; else `null`. */
function planned(digits: string, home: Plan | null): string | null {
  // Mexico dropped the 1 after +52 in 2019; old contacts and WhatsApp still show it.
  const found = parsed(digits.replace(/^\+521([0-9]{10})$/, "+52$1"), home)
  if (found === null || !plans.some((plan) => plan[1] === found.callingCode && fits(plan, found.national))) return null
  const number = `+${found.callingCode}${found.national}`
  // In a plan where numbers may begin with the trunk prefix, one that would be taken for the prefix again is nobody's.
  const again = parsed(number, null)
  return again !== null && `+${again.callingCode}${again.national}` === number ? number : null
}

/** What libphonenumber's `parse` does with digits: calling code and national number, without any prefix. */
function parsed(digits: string, home: Plan | null): { callingCode: string, national: string } | null {
  const international = digits.startsWith("+") ? digits.slice(1) : home && dialledAbroad(digits, home)
  const plan = international !== null ? mainPlan(international) : home
  if (!plan || (international !== null && international.length <= leastDigits)) return null

  const callingCode = plan[1]
  const rest = international !== null ? international.slice(callingCode.length) : withoutOwnCode(digits, plan)
  const short = withoutPrefix(rest, international !== null || rest !== digits ? mainPlan(callingCode) ?? plan : plan)
  return short.length < leastDigits || short.length > mostDigits ? null : { callingCode, national: short }
}

/** The number after the prefix for abroad, if it is dialled so. No calling code begins with 0. */
function dialledAbroad(digits: string, [, , abroad]: Plan): string | null {
  const prefix = abroad === "" ? null : new RegExp(`^(?:${abroad})`).exec(digits)
  const rest = digits.slice(prefix?.[0].length ?? 0)
  return prefix === null || rest.startsWith("0") ? null : rest
}

/** The plan of the first country with the calling code that these digits begin with. No calling code begins with another. */
function mainPlan(digits: string): Plan | undefined {
  const codes = Array.from({ length: longestCallingCode }, (_, i) => digits.slice(0, i + 1))
  return plans.find(([, callingCode]) => codes.includes(callingCode))
}

/** A number dialled at home as if from abroad, its + left out: without the calling code, if that makes more sense. */
function withoutOwnCode(digits: string, plan: Plan): string {
  if (!digits.startsWith(plan[1])) return digits
  const rest = stripped(digits.slice(plan[1].length), plan)
  return (!fits(plan, digits) && fits(plan, rest)) || digits.length > Math.max(...plan[4]) ? rest : digits
}

/** Without the trunk prefix, if what is left has a length of this plan. */
function withoutPrefix(digits: string, plan: Plan): string {
  const rest = stripped(digits, plan)
  return plan[4].includes(rest.length) || rest.length > Math.max(...plan[4]) ? rest : digits
}

/** Without the trunk prefix, or with what it becomes; unchanged if the number was one before and would be none after. */
function stripped(digits: string, plan: Plan): string {
  const [prefix, rule] = [plan[5], plan[6]]
  const match = prefix === "" ? null : new RegExp(`^(?:${prefix})`).exec(digits)
  if (match === null) return digits
  const captured = match.length > 1 && match.at(-1) !== undefined
  const rest = rule !== "" && captured ? digits.replace(new RegExp(`^(?:${prefix})`), rule) : digits.slice(match[0].length)
  return fits(plan, digits) && !fits(plan, rest) ? digits : rest
}

function fits(plan: Plan, national: string): boolean {
  return whole(plan[3]).test(national)
}

function whole(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`)
}
