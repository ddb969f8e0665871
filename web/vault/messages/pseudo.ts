import type { Catalogue, Text } from "../language.js"

const accented: Readonly<Record<string, string>> = {
  a: "á", b: "ƀ", c: "ç", d: "ð", e: "é", f: "ƒ", g: "ĝ", h: "ĥ", i: "î", j: "ĵ", k: "ķ", l: "ļ", m: "ɱ", n: "ñ", o: "ö", p: "þ", q: "ǫ", r: "ŕ",
  s: "š", t: "ţ", u: "û", v: "ṽ", w: "ŵ", x: "ẋ", y: "ý", z: "ž", A: "Á", B: "Ɓ", C: "Ç", D: "Ð", E: "É", F: "Ƒ", G: "Ĝ", H: "Ĥ", I: "Î", J: "Ĵ",
  K: "Ķ", L: "Ļ", M: "Ṁ", N: "Ñ", O: "Ö", P: "Þ", Q: "Ǫ", R: "Ŕ", S: "Š", T: "Ţ", U: "Û", V: "Ṽ", W: "Ŵ", X: "Ẋ", Y: "Ý", Z: "Ž",
}

/** The title says nothing in any language. */
const neutral = ["title", "title.step"]

/**
 * English in strange letters and two fifths longer, between brackets: what is not in brackets does not come from the
 * catalogue, and what is cut off has no room for other languages.
 */
export function strangely(english: Catalogue): Catalogue {
  return Object.fromEntries(Object.entries<Text>(english).map(([key, text]) => [key, neutral.includes(key) ? text : strange(text)]))
}

function strange(text: Text): Text {
  if (typeof text !== "string") return [literal("["), ...text.map(strangePart), literal("]")]
  return text.split("\n\n").map((part) => `[${written(part)}]`).join("\n\n")
}

type Part = Exclude<Text, string>[number]

function strangePart(part: Part): Part {
  if ("options" in part) {
    const options: Record<string, { value: Part[] }> = part.options
    return { ...part, options: Object.fromEntries(Object.entries(options).map(([name, { value }]) => [name, { value: value.map(strangePart) }])) } as Part
  }
  return part.type === 0 ? literal(written(part.value)) : part
}

function literal(value: string): Part {
  return { type: 0, value }
}

/** A vowel twice, which adds about two fifths with the brackets. */
function written(text: string): string {
  return text.replace(/[a-z]/gi, (one) => (accented[one] ?? one).repeat("aeiou".includes(one) ? 2 : 1))
}
