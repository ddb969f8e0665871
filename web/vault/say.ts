import { en, type Key } from "./messages/en.js"
import { h } from "./dom.js"

export type { Key }

/** A text of the catalogue with its `{names}` filled in. */
export function say(key: Key, values: Readonly<Record<string, string | number>> = {}): string {
  return en[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}

/** Paragraphs of a text of the catalogue, where `**…**` is strong. */
export function told(key: Key, values: Readonly<Record<string, string | number>> = {}): HTMLParagraphElement[] {
  return say(key, values).split("\n\n").map((part) => h("p", {}, ...emphasised(part)))
}

/** What to say for a refusal, by its name on the wire. */
export function refused(name: string): string {
  const key = `refused.${name}`
  return key in en ? en[key as Key] : en["refused"]
}

/** A day of the wire (whole days since 1970-01-01 UTC), in words. */
export function dateOf(day: number): string {
  return new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeZone: "UTC" })
    .format(new Date(day * 86_400_000))
}

function emphasised(text: string): (Node | string)[] {
  return text.split("**").map((part, i) => (i % 2 === 1 ? h("strong", {}, part) : part))
}
