import { h } from "../dom.js"
import { actions, button, whileBusy } from "../fields.js"
import { refused, say } from "../say.js"
import type { DeskVisit } from "./visit.js"

/** Stops for today: what is open closes at once, what ends today ends later, and the desk is locked. */
export function restButton(visit: DeskVisit, caseId: string | null, close: () => void): HTMLElement {
  const wrong = h("p", { class: "wrong", role: "alert" })
  const press: HTMLButtonElement = button(say("desk.rest.tap"), () => {
    close()
    void whileBusy(press, say("desk.rest.tap"), async () => {
      if (visit.key === null) return
      const { rest } = await import("../desk-protocol.js")
      const answer = await rest(visit.key, caseId)
      if ("failed" in answer) wrong.textContent = answer.failed === "unreachable" ? say("desk.rest.unreachable") : refused(answer.failed)
      else {
        const ended = visit.end()
        void import("./rested.js").then((next) => next.showRested(ended, caseId, answer))
      }
    })
  })
  return h("div", { class: "stack" }, actions(press), wrong)
}
