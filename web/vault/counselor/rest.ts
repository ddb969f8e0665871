import type { Moved } from "../../core/reading.js"
import { h, paragraph } from "../dom.js"
import { actions, button, whileBusy } from "../fields.js"
import { dateOf, refused, say } from "../say.js"
import { codeName } from "./code-name.js"
import { showUnlock } from "./unlock.js"
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
      else showRest(visit, caseId, answer)
    })
  })
  return h("div", { class: "stack" }, actions(press), wrong)
}

function showRest(visit: DeskVisit, caseId: string | null, moved: readonly Moved[]): void {
  visit.key = null
  visit.page.show({
    heading: say("desk.rest.heading"),
    body: [
      paragraph(say("desk.rest.locked")),
      caseId !== null && paragraph(say("desk.rest.kept", { case: codeName(caseId) })),
      paragraph(say(moved.length === 0 ? "desk.rest.none" : "desk.rest.moved")),
      moved.length > 0 && h("ul", {}, ...moved.map(({ caseId: id, kind, dueDay }) => h("li", {}, codeName(id), ": ", say(`clocks.${kind}`, { date: dateOf(dueDay) })))),
      moved.some(({ kind }) => kind === "promise") && paragraph(say("desk.rest.promise"), "note"),
      h("div", { class: "note" }, h("h2", {}, say("desk.rest.gently")), paragraph(say("desk.rest.note"))),
      actions(button(say("desk.unlock.heading"), () => showUnlock(visit))),
    ],
  })
}
