import { isSpan, parseEdtf, type SingleDate } from "../core/edtf.js"
import { locale } from "./language.js"
import { remember } from "./live.js"
import { say, type Key } from "./say.js"

/** EDTF in the words of the page's language; `null` for what is not EDTF. */
export function dateInWords(edtf: string): string | null {
  const date = parseEdtf(edtf)
  if (date === null) return null
  if (!isSpan(date)) return single(date)
  if (date.from === null) return date.to && say("dates.until", { date: single(date.to) })
  return date.to === null ? say("dates.since", { date: single(date.from) }) : say("dates.span", { from: single(date.from), to: single(date.to) })
}

function single(date: SingleDate): string {
  const words = exact(date)
  const about = date.approximate ? say("dates.about", { date: words }) : words
  return date.uncertain ? say("dates.perhaps", { date: about }) : about
}

function exact({ year, month, day }: SingleDate): string {
  if (month === null) return inLanguage(year, 0, 1, { year: "numeric" })
  if (month >= 21) return say(`dates.season${(month - 21) % 4 + 1}` as Key, { year: inLanguage(year, 0, 1, { year: "numeric" }) })
  if (typeof day === "number") return inLanguage(year, month - 1, day, { day: "numeric", month: "long", year: "numeric" })
  const whole = inLanguage(year, month - 1, 1, { month: "long", year: "numeric" })
  return day === "XX" ? say("dates.someDay", { month: whole }) : whole
}

function inLanguage(year: number, month: number, day: number, style: Intl.DateTimeFormatOptions): string {
  const again = () => new Intl.DateTimeFormat(locale(), { ...style, timeZone: "UTC", calendar: "gregory" }).format(Date.UTC(year, month, day))
  return remember(again(), again)
}

/** The twelve months by their names, in the page's language. */
export function monthNames(): string[] {
  return Array.from({ length: 12 }, (_, month) => inLanguage(2001, month, 15, { month: "long" }))
}
