import { h, paragraph } from "../dom.js"
import { actions, button, evenActions, whileBusy } from "../fields.js"
import type { Receipt } from "../../core/receipt.js"
import { keepUnderPasskey, passkeysAreKnown } from "../passkey.js"
import { say, told } from "../say.js"
import type { Visit } from "./visit.js"

/** The device's own lock beside the ten words: for who wants it, with what it means said before. */
export function showDeviceUnlock(visit: Visit, receipt: Receipt, back: () => void): void {
  const wrong = h("p", { class: "wrong", role: "alert" })
  const make = button(say("pass.make"), () => void whileBusy(make, say("pass.waiting"), async () => {
    const failed = passkeysAreKnown() ? await keepUnderPasskey(receipt) : "cannot"
    if (failed === null) showMade(visit, back)
    else wrong.textContent = say(`pass.${failed}`)
  }))
  visit.page.show({
    heading: say("pass.heading"),
    body: [
      ...told("pass.text"),
      h("div", { class: "note care" }, ...told("pass.danger")),
      wrong,
      evenActions(make, button(say("pass.not"), back)),
    ],
  })
}

function showMade(visit: Visit, back: () => void): void {
  visit.page.show({
    heading: say("pass.madeHeading"),
    body: [...told("pass.made"), paragraph(say("pass.undo"), "quiet"), actions(button(say("next"), back, "main"))],
  })
}
