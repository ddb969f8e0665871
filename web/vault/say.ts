import { h } from "./dom.js"
import { format, has, locale } from "./language.js"
import { againOf, liveContent, remember } from "./live.js"
import type { Key } from "./messages/en.js"

export type { Key }

type Values = Readonly<Record<string, string | number>>

/** A text of the catalogue with its arguments filled in. */
export function say(key: Key, values: Values = {}): string {
  const given = Object.entries(values).map(([name, value]) => [name, typeof value === "string" ? againOf(value) : () => value] as const)
  return remember(format(key, values), () => format(key, Object.fromEntries(given.map(([name, value]) => [name, value()]))))
}

/** Paragraphs of a text of the catalogue, where `**…**` is strong. */
export function told(key: Key, values: Values = {}): HTMLParagraphElement[] {
  const again = againOf(say(key, values)) // Now: what its values are made of is forgotten with the screen.
  const parts = () => again().split("\n\n")
  return parts().map((_, i) => liveContent(h("p"), () => emphasised(parts()[i] ?? "")))
}

/** What to say for a refusal, by its name on the wire. */
export function refused(name: string): string {
  const key = `refused.${name}`
  return say(has(key) ? key : "refused")
}

/** A day of the wire (whole days since 1970-01-01 UTC), in words. */
export function dateOf(day: number): string {
  // A day that others wrote may be further than dates go: it must not take the whole screen with it.
  const again = () => new Intl.DateTimeFormat(locale(), { dateStyle: "long", timeZone: "UTC", calendar: "gregory" }).format(Math.min(day * 86_400_000, 8.64e15))
  return remember(again(), again)
}

function emphasised(text: string): (Node | string)[] {
  return text.split("**").map((part, i) => (i % 2 === 1 ? h("strong", {}, part) : part))
}
