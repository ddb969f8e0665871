import { lintMessage } from "../../core/message-linter.js"
import { h, paragraph } from "../dom.js"
import { say } from "../say.js"

/** What in a message to an author gives pause, to be shown before it is sent; `null` when nothing does. Who writes decides. */
export function pauseBefore(text: string): HTMLElement | null {
  const remarks = lintMessage(text)
  if (remarks.length === 0) return null

  return h("div", { class: "note care stack", role: "status" },
    h("h3", {}, say("desk.pause.heading")),
    h("ul", {}, ...remarks.map(({ why, from, to }) => h("li", {}, say(`desk.pause.${why}`, { words: `\u2068${text.slice(from, to)}\u2069` })))),
    paragraph(say("desk.pause.text"), "quiet"))
}
