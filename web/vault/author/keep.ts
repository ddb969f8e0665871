import { h, paragraph } from "../dom.js"
import { actions, button, details, evenActions, form, submit, textField, whileBusy } from "../fields.js"
import { printSheet } from "../printing.js"
import { say, told } from "../say.js"
import { back, forward } from "./flow.js"
import type { Visit } from "./visit.js"
import { wordSheet } from "./word-sheet.js"

const shortestCode = 4

/** Where the question leads: on and back on the way to the seal, or to where somebody asked for a copy later. */
interface Ways { readonly on: () => void; readonly back: () => void }

/** Whether a locked copy stays on this device, to go on another day. Nothing is chosen beforehand, and both answers are equally large. */
export function showKeep(visit: Visit, ways: Ways = { on: () => void forward(visit, "keep"), back: () => void back(visit, "keep") }): void {
  if (visit.store.kept) return ways.on()

  const keep = button(say("keep.yes"), () => void whileBusy(keep, say("keep.making"), () => showWords(visit, ways)))
  visit.page.show({
    heading: say("keep.heading"),
    body: [
      ...told("keep.text"),
      visit.draft.device !== null && visit.draft.device !== "no" && h("div", { class: "note" }, ...told("keep.watched")),
      evenActions(keep, button(say("keep.no"), () => showNothingKept(visit, ways))),
      actions(button(say("back"), ways.back, "link")),
    ],
  })
}

/** The ten words that open the copy. It is made only once they say that they have them. */
async function showWords(visit: Visit, ways: Ways): Promise<void> {
  const [{ newReceipt }, { wordsToShow }] = await Promise.all([import("../device-protocol.js"), import("../wordlists.js")])
  const receipt = visit.receipt ??= newReceipt()
  const words = await wordsToShow(receipt)
  const begin = button(say("keep.have"), () => void whileBusy(begin, say("keep.making"), async () => {
    const { keepOnDevice } = await import("../device-protocol.js")
    await keepOnDevice(visit, receipt)
    ways.on()
  }), "main")
  visit.page.show({
    heading: say("receipt.heading"),
    body: [
      paragraph(say("keep.wordsIntro")),
      wordSheet(words),
      paragraph(say("receipt.keep")),
      paragraph(say("receipt.lostKeep"), "note"),
      details(say("second.heading"), ...told("second.text"),
        actions(button(say("second.make"), () => void showSecond(visit, ways)))),
      actions(button(say("ways.tap"), () => void import("./more-ways.js").then((next) =>
        next.showMoreWays(visit, receipt, () => void showWords(visit, ways))), "link")),
      actions(begin, button(say("receipt.print"), () => printSheet()), button(say("back"), () => showKeep(visit, ways), "link")),
    ],
  })
}

/** Other words, which open an empty notebook with the same look. */
async function showSecond(visit: Visit, ways: Ways): Promise<void> {
  const { makeSecond, wordsIn } = await import("../device-protocol.js")
  const second = await makeSecond()
  visit.page.show({
    heading: say("second.heading"),
    body: [
      paragraph(say("second.intro")),
      wordSheet(wordsIn(second)),
      paragraph(say("second.keep")),
      actions(button(say("second.done"), () => void showWords(visit, ways), "main")),
    ],
  })
}

/** Nothing stays. A code of their own may open the page again when they step away. */
function showNothingKept(visit: Visit, ways: Ways): void {
  const code = textField({ label: say("keep.code"), hint: say("keep.codeHint"), type: "secret" })
  const next = submit(say("next"))
  const go = () => whileBusy(next, say("keep.making"), async () => {
    const typed = code.control.value
    if (typed !== "" && typed.length < shortestCode) return code.wrong(say("keep.codeShort"))

    const { stepAwayCode } = await import("../device-protocol.js")
    visit.code = typed === "" ? null : await stepAwayCode(typed)
    ways.on()
  })
  visit.page.show({
    heading: say("keep.nothingHeading"),
    body: [
      ...told("keep.nothing"),
      form(() => void go(), code.block, actions(next, button(say("back"), () => showKeep(visit, ways), "link"))),
    ],
  })
}
