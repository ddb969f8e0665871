import { locale } from "./language.js"
import { remember } from "./live.js"

const oneDay_ms = 86_400_000
/** Monday, 1 January 2024. */
const someMonday = 19_723

/** 1 Monday … 7 Sunday, in words. */
export function weekdayOf(weekday: number): string {
  return live(() => nameOf(weekday))
}

export function weekdaysOf(weekdays: readonly number[]): string {
  return live(() => new Intl.ListFormat(locale(), { type: "conjunction" }).format(weekdays.map(nameOf)))
}

function nameOf(weekday: number): string {
  return new Intl.DateTimeFormat(locale(), { weekday: "long", timeZone: "UTC" }).format(new Date((someMonday + weekday - 1) * oneDay_ms))
}

export function hourOf(hour: number): string {
  return live(() => new Intl.DateTimeFormat(locale(), { hour: "numeric", minute: "2-digit", timeZone: "UTC" }).format(new Date(hour * 3_600_000)))
}

/** A day and an hour by the clocks of a zone; of this device, when none is given. */
export function momentOf(at_ms: number, zone?: string): string {
  return live(() => new Intl.DateTimeFormat(locale(), { dateStyle: "full", timeStyle: "short", calendar: "gregory", timeZone: zone }).format(new Date(at_ms)))
}

/** A text that is written anew when the language changes. */
function live(again: () => string): string {
  return remember(again(), again)
}
