import { h, paragraph } from "../dom.js"
import { button, evenActions, whileBusy } from "../fields.js"
import { living, type Opened } from "../later-protocol.js"
import { refused, say, told } from "../say.js"
import { momentOf } from "../when.js"
import type { Visit } from "./visit.js"
import { showStatus } from "./status.js"
import { showWithdraw } from "./withdraw.js"

/** "Someone else may have seen this": one press stops contact. What else can be done comes after. */
export function seenButton(visit: Visit, opened: Opened): HTMLElement {
  const failed = h("p", { class: "wrong", role: "alert" })
  const tap = button(say("seen.tap"), () => void whileBusy(tap, say("seen.tap"), async () => {
    const { setFrozen } = await import("../later-protocol.js")
    const answer = await setFrozen(opened, true)
    if ("failed" in answer) failed.textContent = answer.failed === "unreachable" ? say("status.failed") : refused(answer.failed)
    else showSeen(visit, answer)
  }))
  return h("div", { class: "stack" }, tap, failed)
}

function showSeen(visit: Visit, opened: Opened): void {
  const last = living(opened).at(-1)
  visit.page.show({
    heading: say("seen.heading"),
    body: [
      ...told("seen.text"),
      paragraph(say("seen.help"), "note"),
      evenActions(
        last !== undefined && button(say("seen.take"), () => showWithdraw(visit, opened, last)),
        button(say("seen.keep"), () => void showStatus(visit, opened))),
    ],
  })
}

/** That somebody without the words asked a counselor to stop contact. Whoever has them goes before it. */
export function stopNote(visit: Visit, opened: Opened, at_s: number): HTMLElement {
  const failed = h("p", { class: "wrong", role: "alert" })
  const answer = (label: string, frozen: boolean) => {
    const press: HTMLButtonElement = button(label, () => void whileBusy(press, label, async () => {
      const { setFrozen } = await import("../later-protocol.js")
      const now = await setFrozen(opened, frozen)
      if ("failed" in now) failed.textContent = now.failed === "unreachable" ? say("status.failed") : refused(now.failed)
      else void showStatus(visit, now)
    }))
    return press
  }
  return h("div", { class: "note care" }, ...told("seen.asked", { time: momentOf(at_s * 1000) }), evenActions(answer(say("seen.now"), true), answer(say("seen.goesOn"), false)), failed)
}

/** That contact is stopped, and the way to let it go on. */
export function frozenNote(visit: Visit, opened: Opened): HTMLElement {
  const failed = h("p", { class: "wrong", role: "alert" })
  const goOn = button(say("seen.goOn"), () => void whileBusy(goOn, say("seen.goOn"), async () => {
    const { setFrozen } = await import("../later-protocol.js")
    const answer = await setFrozen(opened, false)
    if ("failed" in answer) failed.textContent = answer.failed === "unreachable" ? say("status.failed") : refused(answer.failed)
    else void showStatus(visit, answer)
  }))
  return h("div", { class: "note care" }, paragraph(say("seen.on")), goOn, failed)
}
