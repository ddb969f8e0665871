import { h, paragraph } from "../dom.js"
import { actions, button, details, evenActions, whileBusy } from "../fields.js"
import type { Case } from "../desk-protocol.js"
import { dateOf, refused, say } from "../say.js"
import { today } from "../today.js"
import type { DeskVisit } from "./visit.js"

/** When a case that has ended is deleted, in words and with a sign once it is near. */
export function deletionLine({ closedDay, deleteDay }: Case): HTMLElement | false {
  if (closedDay === null || deleteDay === null) return false

  const left = deleteDay - today()
  const near = left <= 3 ? "in3" : left <= 14 ? "in14" : left <= 30 ? "in30" : null
  return h("span", { class: `clock ${near === null ? "later" : near === "in3" ? "overdue" : "soon"}` },
    h("span", { "aria-hidden": "true" }, near === null ? "○" : near === "in3" ? "⚠" : "◔"), " ",
    say("desk.closing.deletes", { date: dateOf(deleteDay) }), near !== null && ` · ${say(`desk.closing.${near}`)}`)
}

/** Says that a case has ended, once its author knows of it, or that it goes on. */
export function closingOf(visit: DeskVisit, card: Case, look: () => Promise<void>): HTMLElement | false {
  if (!card.direct && card.checks !== "agreed") return false

  const failed = h("p", { class: "wrong", role: "alert" })
  const press = (text: string, hasEnded: boolean) => {
    const pressed = button(text, () => void whileBusy(pressed, text, async () => {
      if (visit.key === null) return
      const { close } = await import("../desk-protocol.js")
      const answer = await close(visit.key, card.caseId, hasEnded)
      failed.textContent = answer === null ? "" : answer === "unreachable" ? say("desk.unreachable") : refused(answer)
      if (answer === null) await look()
    }))
    return pressed
  }
  if (card.closedDay !== null) {
    return h("div", { class: "note stack" }, paragraph(say("desk.closing.closed", { date: dateOf(card.closedDay) })), deletionLine(card),
      actions(press(say("desk.closing.again"), false)), failed)
  }
  const block = details(say("desk.closing.open"), paragraph(say("desk.closing.text")),
    evenActions(press(say("desk.closing.yes"), true), button(say("desk.closing.no"), () => (block.open = false))), failed)
  return block
}
