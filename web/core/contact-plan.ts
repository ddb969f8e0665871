import type { ContactContent } from "./author.js"
import { isObject, isWhole } from "./json.js"

/** How an author wants to be reached outside of the mailbox, or not. WEP-1, section 17.3. */
export interface ContactPlan {
  readonly name: string
  /** A number or an address; empty: nowhere but here. */
  readonly how: string
  /** 1 Monday … 7 Sunday; none: at no time. */
  readonly days: readonly number[]
  /** From this hour until that one, by the clocks of the zone. */
  readonly from: number
  readonly to: number
  readonly zone: string
  /** What to say, and whether a message may be left. */
  readonly say: string
  readonly voicemail: boolean
  /** What both sides check each other by. */
  readonly phrase: string
  /** What to do when somebody else answers. */
  readonly answered: "end" | "say"
  /** When they want to look at it again; null: never. */
  readonly review_day: number | null
}

/** What was said of it before there was a mailbox: without days, since they were words. */
export function planFrom(contact: ContactContent, zone: string): ContactPlan {
  return {
    name: contact.call_me, how: contact.no_contact ? "" : contact.how, days: [], from: 9, to: 18, zone, say: contact.no_contact ? "" : contact.say, voicemail: false,
    phrase: "", answered: "end", review_day: null,
  }
}

/** Reads a plan out of what one side says of itself; `null` when it is none. */
export function planOf(value: unknown): ContactPlan | null {
  if (!isObject(value)) return null
  const { name, how, days, from, to, zone, say, voicemail, phrase, answered, review_day } = value
  return [name, how, zone, say, phrase].every((text) => typeof text === "string") && Array.isArray(days) && days.every((day) => isWhole(day, 1, 7))
    && isWhole(from, 0, 23) && isWhole(to, from + 1, 24) && (review_day === null || isWhole(review_day, 0, 2 ** 32 - 1))
    ? { name, how, days, from, to, zone, say, voicemail: voicemail === true, phrase, answered: answered === "say" ? "say" : "end", review_day } as ContactPlan
    : null
}

const quarter_ms = 900_000
const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

/**
 * When they may be reached next: `now_ms` itself within their hours, else the start of the next ones, to the quarter of an hour. `null`: at no time, or in no zone
 * that is known. Clocks that are put forward or back are those of the zone.
 */
export function nextTime({ days, from, to, zone }: ContactPlan, now_ms: number): number | null {
  const clock = clockOf(zone)
  if (clock === null || days.length === 0) return null
  const isGood = (at: number) => {
    const { weekday, hour } = clock(at)
    return days.includes(weekday) && hour >= from && hour < to
  }
  if (isGood(now_ms)) return now_ms

  const first = Math.ceil(now_ms / quarter_ms)
  for (let n = 0; n < 8 * 96; n++) if (isGood((first + n) * quarter_ms)) return (first + n) * quarter_ms
  return null
}

function clockOf(zone: string): ((at_ms: number) => { readonly weekday: number, readonly hour: number }) | null {
  try {
    const format = new Intl.DateTimeFormat("en-US", { weekday: "short", hour: "2-digit", hourCycle: "h23", timeZone: zone })
    return (at_ms) => {
      const parts = new Map(format.formatToParts(at_ms).map(({ type, value }) => [type, value]))
      return { weekday: weekdays.indexOf(parts.get("weekday") ?? "") + 1, hour: Number(parts.get("hour")) }
    }
  } catch {
    return null // There is no such zone.
  }
}
