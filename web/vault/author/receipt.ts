import { h, paragraph } from "../dom.js"
import { actions, button, details, form, submit, textField } from "../fields.js"
import { printSheet } from "../printing.js"
import { say } from "../say.js"
import { show, stepOf } from "./flow.js"
import { startSealing } from "./seal.js"
import type { Visit } from "./visit.js"
import { wordSheet } from "./word-sheet.js"

/** The ten words, before anything is locked with them. Trying one is an offer, never a test that must be passed. */
export async function showReceipt(visit: Visit): Promise<void> {
  const { entry, receipt } = visit
  if (entry === null || receipt === null) return show(visit, "entry") // After coming back: what was obtained is in the draft.

  const { wordsToShow } = await import("../wordlists.js")
  const words = await wordsToShow(receipt)
  visit.page.show({
    heading: say("receipt.heading"),
    step: stepOf("receipt"),
    body: [
      paragraph(say("receipt.intro")),
      wordSheet(words),
      paragraph(say("receipt.keep")),
      paragraph(say(visit.draft.least === null ? "receipt.lostKeep" : "receipt.lost"), "note"),
      details(say("receipt.try"), tryOne(visit, words)),
      actions(button(say("ways.tap"), () => void import("./more-ways.js").then((next) =>
        next.showMoreWays(visit, receipt, () => void showReceipt(visit))), "link")),
      actions(
        button(say("receipt.lock"), () => void startSealing(visit, entry), "main"),
        button(say("receipt.print"), () => printSheet())),
    ],
  })
}

function tryOne(visit: Visit, words: readonly string[]): HTMLElement {
  // Not the first word, which everyone reads: one from the middle of the paper, the same while this receipt is shown.
  const asked = 3 + ((words[0]?.length ?? 0) + (words[9]?.length ?? 0)) % 6
  const word = words[asked - 1] ?? ""
  const answer = textField({ label: say("receipt.tryLabel", { n: asked }), hint: say("receipt.tryHint"), ltr: true })
  const right = paragraph("", "quiet")
  return form(
    () => {
      const typed = answer.control.value.trim().toLowerCase()
      const known = typed.length >= 4 ? typed.slice(0, 4) === word.slice(0, 4) : typed === word
      right.textContent = known ? say("receipt.right") : ""
      answer.wrong(known ? null : say("receipt.wrong", { n: asked }))
      visit.page.announce(right.textContent)
    },
    answer.block, right, h("div", {}, submit(say("receipt.check"))))
}
