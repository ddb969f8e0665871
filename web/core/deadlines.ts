import { boundsOf, formatEdtf, isSpan, parseEdtf, type Bounds } from "./edtf.js"
import type { Dated, Episode } from "./record.js"

const day_ms = 86_400_000

/** How long after the last incident, in the calendar's own units. */
export interface Period {
  readonly days?: number
  readonly months?: number
  readonly years?: number
  /** "Three months less one day." */
  readonly less_days?: number
}

/** When something happened last, in days since 1970-01-01: some day from `earliest` to `latest`, which are one where the day is known. */
export interface LastTime {
  readonly earliest: number
  readonly latest: number
}

/** A time limit for a last incident that is known more or less nearly. */
export interface Deadline {
  /** The last day, if the incident was on the first day that it can have been. */
  readonly earliest: number
  readonly latest: number
  /** `unsure` when it has passed by the one bound and not by the other. */
  readonly state: "passed" | "unsure" | "ahead"
  /** Days from today to `earliest`; negative once it has passed. */
  readonly left_days: number
}

/** The last day of a period. A month that lacks the day ends on its own last day: 30 November and three months are 28 or 29 February. */
export function lastDayOf(from: number, { days = 0, months = 0, years = 0, less_days = 0 }: Period): number {
  const date = new Date(from * day_ms)
  const [year, month] = [date.getUTCFullYear() + years, date.getUTCMonth() + months]
  const day = Math.min(date.getUTCDate(), new Date(Date.UTC(year, month + 1, 0)).getUTCDate())
  return Date.UTC(year, month, day) / day_ms + days - less_days
}

export function deadlineOf(period: Period, last: LastTime, today: number): Deadline {
  const [earliest, latest] = [lastDayOf(last.earliest, period), lastDayOf(last.latest, period)]
  return { earliest, latest, left_days: earliest - today, state: latest < today ? "passed" : earliest < today ? "unsure" : "ahead" }
}

/**
 * The last time that any date of an account tells of. `ongoing` when one of them has no end; `null` when none could be read.
 *
 * @param today - Nothing has happened after it: a season that is not over counts until today.
 */
export function lastTimeOf(when: Dated | null, episodes: readonly Episode[], today: number, south = false): LastTime | "ongoing" | null {
  const bounds = [when, ...episodes.map((episode) => episode.when)]
    .map((dated) => (dated?.edtf == null ? null : boundsOfEnd(dated.edtf, south)))
    .filter((each) => each !== null)
  if (bounds.length === 0) return null
  if (bounds.some(({ latest }) => latest === null)) return "ongoing"

  const latest = Math.min(today, Math.max(...bounds.map((each) => each.latest ?? 0)))
  const earliest = Math.max(...bounds.map((each) => each.earliest ?? each.latest ?? 0))
  return { earliest: Math.min(earliest, latest), latest }
}

/** A span lasted until its end: that is when it happened last. */
function boundsOfEnd(edtf: string, south: boolean): Bounds | null {
  const date = parseEdtf(edtf)
  if (date === null || !isSpan(date)) return boundsOf(edtf, south)
  return date.to === null ? { earliest: null, latest: null } : boundsOf(formatEdtf(date.to), south)
}
