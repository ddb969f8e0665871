import { h, paragraph } from "../dom.js"
import { actions, button, form, submit, textArea, whileBusy } from "../fields.js"
import { say } from "../say.js"
import { readHalves, readReceipt } from "../wordlists.js"
import { openWith, showReturn } from "./return.js"
import type { Visit } from "./visit.js"

/** Coming back with words of another language, digits, or two halves. Whatever is wrong, the answer is the same sentence. */
export function showOtherWords(visit: Visit): void {
  const whole = textArea({ label: say("other.whole"), hint: say("other.wholeHint") })
  const [one, two] = [textArea({ label: say("ways.half1") }), textArea({ label: say("ways.half2") })]
  const wrong = h("p", { class: "wrong", role: "alert" })
  const open = submit(say("return.open"))
  const tryThem = () => whileBusy(open, say("return.opening"), async () => {
    wrong.textContent = ""
    const typed = whole.control.value
    const receipt = typed.trim() === "" ? await readHalves(one.control.value, two.control.value) : await readReceipt(typed)
    const failed = receipt === null ? "nothing" : await openWith(visit, receipt)
    if (failed !== null) wrong.textContent = say(failed === "unreachable" ? "entry.unreachable" : "return.wrong")
  })
  visit.page.show({
    heading: say("other.heading"),
    door: true,
    body: [
      form(() => void tryThem(), whole.block, paragraph(say("other.halves")), one.block, two.block, wrong,
        actions(open, button(say("back"), () => showReturn(visit), "link"))),
    ],
  })
}
