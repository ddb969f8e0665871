import { paragraph } from "../dom.js"
import { actions, button, form, submit, textField, whileBusy } from "../fields.js"
import { say } from "../say.js"
import { showBefore } from "./before.js"
import { showClosed } from "./closed.js"
import { goOn } from "./flow.js"
import type { Visit } from "./visit.js"

/** A page that locked. It opens with the ten words, or with the code of those who keep nothing. */
export function showUnlock(visit: Visit): void {
  if (visit.held?.salt != null) showCode(visit)
  else void import("./return.js").then(({ showReturn }) => showReturn(visit), () => showNoConnection(visit))
}

function showNoConnection(visit: Visit): void {
  visit.page.show({
    heading: say("load.heading"), door: true,
    body: [paragraph(say("load.text")), actions(button(say("entry.again"), () => showUnlock(visit), "main"))],
  })
}

function showCode(visit: Visit): void {
  const code = textField({ label: say("unlock.code"), type: "secret" })
  const open = submit(say("return.open"))
  const tryCode = () => whileBusy(open, say("return.opening"), async () => {
    const { unlockByCode } = await import("../device-protocol.js")
    if (await unlockByCode(visit, code.control.value)) showClosed(visit, () => void goOn(visit))
    else if (visit.held === null) showGone(visit)
    else code.wrong(say("unlock.wrong"))
  })
  visit.page.show({
    heading: say("unlock.heading"),
    door: true,
    body: [
      paragraph(say("unlock.text")),
      form(() => void tryCode(), code.block, actions(open, button(say("unlock.other"), () => showBefore(visit), "link"))),
    ],
  })
}

function showGone(visit: Visit): void {
  visit.page.show({
    heading: say("unlock.goneHeading"),
    door: true,
    body: [paragraph(say("unlock.gone")), actions(button(say("unlock.toStart"), () => showBefore(visit), "main"))],
  })
}
