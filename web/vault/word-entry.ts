import { wordlist } from "@scure/bip39/wordlists/english.js"
import { h } from "./dom.js"
import { say } from "./say.js"

const count = 10
const enough = 4 // letters of a word of this list tell it from all others

export interface WordEntry {
  readonly block: HTMLElement
  /** What was typed into the ten fields: words of other lists too. */
  words(): string[]
  focus(): void
}

/**
 * Ten fields that forgive: capitals, numbers before a word, four letters instead of all, and all ten pasted at once.
 * A space or Enter goes on to the next word, as on paper.
 */
export function wordEntry(): WordEntry {
  const offered = h("datalist", { id: "words-offered" })
  const fields = Array.from({ length: count }, (_, i) =>
    h("input", {
      type: "text", id: `word-${i + 1}`, autocomplete: "off", autocapitalize: "off", spellcheck: "false",
      dir: "ltr", list: offered.id, translate: "no", enterkeyhint: i === count - 1 ? "done" : "next",
    }))

  // What was typed is kept as it was: completing it by one list must not turn a word of another into something else.
  const typed = fields.map(() => "")
  const put = (i: number, text: string) => {
    const field = fields[i]
    if (field === undefined) return

    typed[i] = text
    field.value = complete(text)
  }
  const finish = (i: number) => {
    const field = fields[i]
    if (field && field.value !== complete(typed[i] ?? "")) put(i, field.value)
    else if (field) field.value = complete(field.value)
  }
  /** Puts words into the fields from the i-th on, and the cursor after the last. */
  const spread = (i: number, words: readonly string[]) => {
    words.slice(0, count - i).forEach((word, k) => {
      put(i + k, word)
    })
    fields[Math.min(i + words.length, count - 1)]?.focus()
  }

  fields.forEach((field, i) => {
    field.addEventListener("input", () => {
      const words = wordsIn(field.value)
      if (words.length > 1 || /\s$/.test(field.value) && words.length === 1) spread(i, words)
      else offered.replaceChildren(...beginningWith(field.value).map((value) => h("option", { value })))
    })
    field.addEventListener("change", () => finish(i))
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || i === count - 1) return
      event.preventDefault()
      finish(i)
      fields[i + 1]?.focus()
    })
  })

  return {
    block: h("div", { class: "entries" }, offered, ...fields.map((field, i) =>
      h("div", { class: "entry" },
        h("label", { for: field.id }, h("span", { class: "unseen" }, say("return.word", { n: i + 1 })), h("span", { "aria-hidden": "true" }, String(i + 1))),
        field))),
    words: () => fields.map((field, i) => (field.value === complete(typed[i] ?? "") ? typed[i] ?? "" : field.value)),
    focus: () => fields[0]?.focus(),
  }
}

/** The words in a text, without the numbers, dots and commas that people write around them. */
export function wordsIn(text: string): string[] {
  return text.toLowerCase().split(/[^\p{L}\p{M}]+/u).filter((word) => word !== "")
}

/** The whole word when its first four letters are there, else what was typed. */
export function complete(typed: string): string {
  const word = wordsIn(typed)[0] ?? ""
  if (word.length < enough) return word

  return wordlist.find((known) => known.startsWith(word)) ?? word
}

function beginningWith(typed: string): string[] {
  const word = typed.trim().toLowerCase()
  return word.length < 2 ? [] : wordlist.filter((known) => known.startsWith(word)).slice(0, 6)
}
