import { h, paragraph } from "../dom.js"
import { actions, button, details, evenActions, form, submit, textField, whileBusy } from "../fields.js"
import { printSheet } from "../printing.js"
import { say, told } from "../say.js"
import { back, forward } from "./flow.js"
import type { Visit } from "./visit.js"
import { wordSheet } from "./word-sheet.js"

const shortestCode = 4

/** Whether a locked copy stays on this device, to go on another day. Nothing is chosen beforehand, and both answers are equally large. */
export function showKeep(visit: Visit): void {
  if (visit.store.kept) return void forward(visit, "keep")

  const keep = button(say("keep.yes"), () => void whileBusy(keep, say("keep.making"), () => showWords(visit)))
  visit.page.show({
    heading: say("keep.heading"),
    body: [
      ...told("keep.text"),
      visit.draft.device !== null && visit.draft.device !== "no" && h("div", { class: "note" }, ...told("keep.watched")),
      evenActions(keep, button(say("keep.no"), () => showNothingKept(visit))),
      actions(button(say("back"), () => void back(visit, "keep"), "link")),
    ],
  })
}

/** The ten words that open the copy. It is made only once they say that they have them. */
async function showWords(visit: Visit): Promise<void> {
  const [{ newReceipt }, { wordsToShow }] = await Promise.all([import("../device-protocol.js"), import("../wordlists.js")])
  const receipt = visit.receipt ??= newReceipt()
  const words = await wordsToShow(receipt)
  const begin = button(say("keep.have"), () => void whileBusy(begin, say("keep.making"), async () => {
    const { keepOnDevice } = await import("../device-protocol.js")
    await keepOnDevice(visit, receipt)
    void forward(visit, "keep")
  }), "main")
  visit.page.show({
    heading: say("receipt.heading"),
    body: [
      paragraph(say("keep.wordsIntro")),
      wordSheet(words),
      paragraph(say("receipt.keep")),
      paragraph(say("receipt.lostKeep"), "note"),
      details(say("second.heading"), ...told("second.text"),
        actions(button(say("second.make"), () => void showSecond(visit)))),
      actions(button(say("ways.tap"), () => void import("./more-ways.js").then((next) =>
        next.showMoreWays(visit, receipt, () => void showWords(visit))), "link")),
      actions(begin, button(say("receipt.print"), () => printSheet()), button(say("back"), () => showKeep(visit), "link")),
    ],
  })
}

/** Other words, which open an empty notebook with the same look. */
async function showSecond(visit: Visit): Promise<void> {
  const { makeSecond, wordsIn } = await import("../device-protocol.js")
  const second = await makeSecond()
  visit.page.show({
    heading: say("second.heading"),
    body: [
      paragraph(say("second.intro")),
      wordSheet(wordsIn(second)),
      paragraph(say("second.keep")),
      actions(button(say("second.done"), () => void showWords(visit), "main")),
    ],
  })
}

/** Nothing stays. A code of their own may open the page again when they step away. */
function showNothingKept(visit: Visit): void {
  const code = textField({ label: say("keep.code"), hint: say("keep.codeHint"), type: "secret" })
  const next = submit(say("next"))
  const go = () => whileBusy(next, say("keep.making"), async () => {
    const typed = code.control.value
    if (typed !== "" && typed.length < shortestCode) return code.wrong(say("keep.codeShort"))

    const { stepAwayCode } = await import("../device-protocol.js")
    visit.code = typed === "" ? null : await stepAwayCode(typed)
    void forward(visit, "keep")
  })
  visit.page.show({
    heading: say("keep.nothingHeading"),
    body: [
      ...told("keep.nothing"),
      form(() => void go(), code.block, actions(next, button(say("back"), () => showKeep(visit), "link"))),
    ],
  })
}
