/** Passages of a text, in UTF-16 units. spec/anchors.md, section 2; twin of WeToo.Core/Letters/Passage.cs. */

export const mostUnits = 2000
export const contextUnits = 32

export interface Passage {
  readonly start: number
  readonly end: number
}

/**
 * Reads what was selected.
 *
 * @returns the passage without white space at its ends, or `null` when it is outside of the text, empty, too long, splits a character, or says something else.
 */
export function makePassage(text: string, start: number, end: number, quote: string): Passage | null {
  if (start < 0 || end > text.length || start >= end || end - start > mostUnits) return null
  if (text.slice(start, end) !== quote || splits(text, start) || splits(text, end)) return null

  const trimmed = quote.trim()
  if (trimmed === "") return null
  const from = start + quote.length - quote.trimStart().length
  return { start: from, end: from + trimmed.length }
}

/** What ends just before it. */
export function prefixOf(text: string, { start }: Passage): string {
  const from = Math.max(0, start - contextUnits)
  return text.slice(splits(text, from) ? from + 1 : from, start)
}

/** What begins just after it. */
export function suffixOf(text: string, { end }: Passage): string {
  const to = Math.min(text.length, end + contextUnits)
  return text.slice(end, splits(text, to) ? to - 1 : to)
}

function splits(text: string, at: number): boolean {
  return at > 0 && at < text.length && /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(at - 1, at + 1))
}
