/** Between two words: spaces, and what stands for them in a line that was broken or hyphenated. */
const gap = "[\\s\\u00A0'’-]+"

/** One phrase that was found. */
export interface Found<Why extends string> {
  readonly why: Why
  /** Where it stands in the text: `text.slice(from, to)`. */
  readonly from: number
  readonly to: number
}

/**
 * Looks for phrases, in the order of the text and each place once, whatever language the rest is in, since people mix them. A space in a phrase stands
 * for any gap; `(x|y)` and `?` are those of regular expressions.
 */
export function phraseFinder<Why extends string>(phrases: Readonly<Record<Why, readonly string[]>>): (text: string) => readonly Found<Why>[] {
  const rules = (Object.keys(phrases) as Why[]).map((why) => ({
    why,
    pattern: new RegExp(`(?<![\\p{L}\\p{N}])(?:${phrases[why].map(expanded).join("|")})(?![\\p{L}\\p{N}])`, "giu"),
  }))
  return (text) => {
    const { folded, places } = fold(text)
    const found = rules.flatMap(({ why, pattern }) => [...folded.matchAll(pattern)].map((match) => ({
      why, from: places[match.index] ?? 0, to: places[match.index + match[0].length] ?? text.length,
    })))
    return found.sort((a, b) => a.from - b.from || b.to - a.to)
      .filter((one, i, all) => !all.slice(0, i).some((earlier) => earlier.to > one.from))
  }
}

function expanded(phrase: string): string {
  return fold(phrase).folded.replaceAll(") (", `)${gap}(`).replaceAll(/ \?/g, `(?:${gap})?`).replaceAll(/ \)/g, `${gap})`).replaceAll(" ", gap)
}

/** Arabic as people type it: without vowel signs and lengthening, one alif, ha for ta marbuta, ya for alif maqsura. Each letter keeps its place. */
function fold(text: string): { readonly folded: string, readonly places: readonly number[] } {
  const places: number[] = []
  let folded = ""
  for (let i = 0; i < text.length; i++) {
    const letter = text.charAt(i)
    if (/[\u064B-\u0652\u0640]/.test(letter)) continue
    places.push(i)
    folded += letter.replace(/[أإآٱ]/, "ا").replace("ة", "ه").replace("ى", "ي").replace(/[ؤ]/, "و").replace(/[ئ]/, "ي")
  }
  return { folded, places: [...places, text.length] }
}
