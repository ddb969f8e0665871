import { h, isolated } from "../dom.js"

/** The words of a receipt, in order, as they are shown and printed. */
export function wordSheet(words: readonly string[]): HTMLElement {
  return h("div", { class: "sheet prints" },
    h("ol", { class: "words", translate: "no" }, ...words.map((word) => h("li", {}, isolated(word)))))
}
