/** What every kind of identifier does first to what was typed or pasted. spec/identifiers.md, section 2. */

// Default_Ignorable_Code_Point of Unicode 15.0: marks of direction, joiners, soft hyphens, fillers, selectors.
const invisible =
  /[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]/gu
const white = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/g
const meaningless = /[\p{Cc}\p{Cn}\p{Co}\p{Cs}]/u
const zerosOfLivingScripts = "٠۰߀०০੦૦୦௦౦೦൦෦๐໐༠၀០᠐"

/**
 * The text without invisible characters, in NFKC, with each run of white space as one space and none at the ends.
 *
 * @returns `null` if a character is a control, unassigned, private or half of a pair.
 */
export function clean(text: string): string | null {
  const kept = text.replace(invisible, "").replace(white, " ")
  return meaningless.test(kept) ? null : kept.normalize("NFKC").split(" ").filter((word) => word !== "").join(" ")
}

/** Clean text in lower case, one character at a time, with a dot above an i dropped, in NFKC again. */
export function fold(text: string): string {
  const lower = Array.from(text, (c) => (c === "\u0130" ? "i" : c.toLowerCase())).join("")
  return lower.replace(/i\u0307+/g, "i").normalize("NFKC")
}

/** The text with the decimal digits of nineteen living scripts as 0 to 9. */
export function asciiDigits(text: string): string {
  return text.replace(/[^\p{ASCII}]/gu, (c) => {
    const digit = Array.from(zerosOfLivingScripts, (zero) => c.charCodeAt(0) - zero.charCodeAt(0)).find((value) => value >= 0 && value <= 9)
    return c.length === 1 && digit !== undefined ? String(digit) : c
  })
}

/** Whether all is letters and decimal digits of any script, and marks. */
export function isWord(text: string): boolean {
  return /^[\p{L}\p{M}\p{Nd}]*$/u.test(text)
}

/** Takes percent-encoding away; `null` if a % stands alone or the bytes are no UTF-8. */
export function percentDecoded(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null // The language has no other way to say so.
  }
}

/** Encodes every byte but letters, digits and `-._~@`. */
export function percentEncoded(text: string): string {
  return encodeURIComponent(text)
    .replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll("%40", "@")
}
