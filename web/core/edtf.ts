/**
 * Dates as people remember them, in the Extended Date/Time Format (ISO 8601-2:2019, profile EDTF): the part of it that
 * `spec/record.md` names.
 */

const day_ms = 86_400_000

/** One date: a year, a month, a season or a day, perhaps approximate or uncertain. */
export interface SingleDate {
  readonly year: number
  /** 1 to 12; 21 to 24 for spring, summer, autumn, winter; 25 to 28 for the same in the north, 29 to 32 in the south; null for a whole year. */
  readonly month: number | null
  /** 1 to 31; `XX` for some day of the month; null when it is about the whole month. */
  readonly day: number | "XX" | null
  /** `~` */
  readonly approximate: boolean
  /** `?` */
  readonly uncertain: boolean
}

/** A date, or a span between two. A side that is null is open. */
export type Edtf = SingleDate | { readonly from: SingleDate | null, readonly to: SingleDate | null }

export function isSpan(date: Edtf): date is Exclude<Edtf, SingleDate> {
  return "from" in date
}

/** Reads EDTF as `formatEdtf` writes it; `null` for anything else, and for days that do not exist. */
export function parseEdtf(text: string): Edtf | null {
  const sides = text.split("/")
  if (sides.length === 1) return parseSingle(text)
  if (sides.length !== 2) return null

  const [from, to] = sides.map((side) => (side === ".." ? "open" : parseSingle(side)))
  if (from === undefined || from === null || to === undefined || to === null || (from === "open" && to === "open")) return null
  return { from: from === "open" ? null : from, to: to === "open" ? null : to }
}

export function formatEdtf(date: Edtf): string {
  return isSpan(date) ? `${date.from ? formatSingle(date.from) : ".."}/${date.to ? formatSingle(date.to) : ".."}` : formatSingle(date)
}

/** The first and the last day that a date can mean, in days since 1970-01-01; null on an open side. */
export interface Bounds {
  readonly earliest: number | null
  readonly latest: number | null
}

/**
 * What a date can mean, from day to day. A season of no hemisphere is the north's unless `south`; winter is that at either
 * end of the year. `~` and `?` do not widen it.
 */
export function boundsOf(edtf: string, south = false): Bounds | null {
  const date = parseEdtf(edtf)
  if (date === null) return null
  if (!isSpan(date)) return boundsOfSingle(date, south)
  return {
    earliest: date.from && boundsOfSingle(date.from, south).earliest,
    latest: date.to && boundsOfSingle(date.to, south).latest,
  }
}

/** A date from its parts; `null` when there is no such day. */
export function singleDate(year: number, month: number | null = null, day: number | "XX" | null = null, approximate = false, uncertain = false): SingleDate | null {
  const isSeason = month !== null && month >= 21 && month <= 32
  const isMonth = month !== null && month >= 1 && month <= 12
  if (!Number.isInteger(year) || year < 1000 || year > 9999 || (month !== null && !isMonth && !isSeason) || (day !== null && !isMonth)) return null
  if (typeof day === "number" && (!Number.isInteger(day) || day < 1 || day > daysIn(year, month ?? 1))) return null
  return { year, month, day, approximate, uncertain }
}

function parseSingle(text: string): SingleDate | null {
  const match = /^(\d{4})(?:-(\d\d)(?:-(\d\d|XX))?)?([~?%])?$/.exec(text)
  if (match === null) return null
  const [, year, month, day, mark] = match
  return singleDate(
    Number(year), month === undefined ? null : Number(month), day === undefined ? null : day === "XX" ? "XX" : Number(day),
    mark === "~" || mark === "%", mark === "?" || mark === "%")
}

function formatSingle({ year, month, day, approximate, uncertain }: SingleDate): string {
  const two = (n: number) => String(n).padStart(2, "0")
  const parts = [String(year), ...(month === null ? [] : [two(month)]), ...(day === null ? [] : [day === "XX" ? "XX" : two(day)])]
  return parts.join("-") + (approximate && uncertain ? "%" : approximate ? "~" : uncertain ? "?" : "")
}

function boundsOfSingle({ year, month, day }: SingleDate, south: boolean): { earliest: number, latest: number } {
  if (month === null) return { earliest: dayOf(year, 1, 1), latest: dayOf(year, 12, 31) }
  if (month >= 21) return boundsOfSeason(year, month, south)
  if (typeof day === "number") return { earliest: dayOf(year, month, day), latest: dayOf(year, month, day) }
  return { earliest: dayOf(year, month, 1), latest: dayOf(year, month + 1, 0) }
}

/** By the months that weather services use: spring in the north is March, April and May. */
function boundsOfSeason(year: number, code: number, south: boolean): { earliest: number, latest: number } {
  const isSouth = code >= 29 || (code <= 24 && south)
  const first = [3, 6, 9, 12][((code - 21) % 4 + (isSouth ? 2 : 0)) % 4] ?? 3
  // December to February has a part in two years, and people say either.
  if (first === 12) return { earliest: dayOf(year - 1, 12, 1), latest: dayOf(year + 1, 3, 0) }
  return { earliest: dayOf(year, first, 1), latest: dayOf(year, first + 3, 0) }
}

function dayOf(year: number, month: number, day: number): number {
  return Date.UTC(year, month - 1, day) / day_ms
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}
