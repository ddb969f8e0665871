import { h, paragraph } from "../dom.js"
import { actions, button, evenActions, form, submit, textField, whileBusy } from "../fields.js"
import type { Stop } from "../later-protocol.js"
import { refused, say, type Key } from "../say.js"
import { showBefore } from "./before.js"
import type { Visit } from "./visit.js"

/** Coming back with the stop code alone. Whatever is wrong with it, the answer is the one sentence. */
export function showStop(visit: Visit): void {
  const code = textField({ label: say("stop.label"), hint: say("stop.hint"), ltr: true })
  const open = submit(say("stop.open"))
  const tryCode = () => whileBusy(open, say("return.opening"), async () => {
    const { openStop } = await import("../later-protocol.js")
    const stop = await openStop(code.control.value)
    if ("failed" in stop) code.wrong(say(stop.failed === "unreachable" ? "entry.unreachable" : "stop.wrong"))
    else showChoice(visit, stop)
  })
  visit.page.show({
    heading: say("stop.enter"),
    door: true,
    body: [form(() => void tryCode(), code.block, actions(open, button(say("back"), () => showBefore(visit), "link")))],
  })
}

/** Stopping contact, taking out, and doing neither are equally large. Nothing that was written is shown, nor could be. */
function showChoice(visit: Visit, stop: Stop): void {
  const failed = h("p", { class: "wrong", role: "alert" })
  const contact = button(say("stop.contact"), () => void whileBusy(contact, say("stop.contact"), async () => {
    const { stopContact } = await import("../later-protocol.js")
    await end(visit, failed, await stopContact(stop), "seen.heading", "stop.contactDone")
  }))
  visit.page.show({
    heading: say("stop.ask"),
    body: [
      paragraph(say("stop.askText")),
      evenActions(contact, button(say("stop.take"), () => showTake(visit, stop)), button(say("stop.later"), () => showBefore(visit))),
      failed,
    ],
  })
}

function showTake(visit: Visit, stop: Stop): void {
  const failed = h("p", { class: "wrong", role: "alert" })
  const yes = button(say("withdraw.yes"), () => void whileBusy(yes, say("withdraw.yes"), async () => {
    const { takeOut } = await import("../later-protocol.js")
    await end(visit, failed, await takeOut(stop), "stop.taken", "stop.takeDone")
  }))
  visit.page.show({
    heading: say("withdraw.heading"),
    body: [paragraph(say("stop.takeSure")), paragraph(say("hold.maybe"), "quiet small"), evenActions(yes, button(say("withdraw.no"), () => showChoice(visit, stop))), failed],
  })
}

async function end(visit: Visit, block: HTMLElement, failed: string | null, heading: Key, text: Key): Promise<void> {
  if (failed !== null) {
    block.textContent = failed === "unreachable" ? say("status.failed") : refused(failed)
    return
  }
  visit.page.show({
    heading: say(heading),
    body: [paragraph(say(text)), paragraph(say("seen.help"), "note"), actions(button(say("locked.done"), () => showBefore(visit), "main"))],
  })
}
