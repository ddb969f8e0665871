import { h, isolated, paragraph } from "../dom.js"
import { actions, button } from "../fields.js"
import { printSheet } from "../printing.js"
import { say } from "../say.js"
import { back, forward, stepOf } from "./flow.js"
import type { Visit } from "./visit.js"

/** The stop code: the other of the two codes, for another hiding place. */
export async function showStopSheet(visit: Visit): Promise<void> {
  const { draft, page } = visit
  if (draft.stopCode === null) {
    const { makeStopCode } = await import("../protocol.js")
    draft.stopCode ??= makeStopCode()
    visit.store.save(draft)
  }
  page.show({
    heading: say("stop.heading"),
    step: stepOf("stop"),
    body: [
      paragraph(say("stop.intro")),
      h("div", { class: "sheet prints" }, h("p", { class: "code-sheet" }, isolated(draft.stopCode))),
      paragraph(say("stop.keep")),
      actions(
        button(say("stop.next"), () => void forward(visit, "stop"), "main"),
        button(say("receipt.print"), () => printSheet()),
        button(say("back"), () => void back(visit, "stop"), "link")),
    ],
  })
}
