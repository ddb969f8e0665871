import type { Moved, Rested } from "../../core/reading.js"
import { h, paragraph, type Child } from "../dom.js"
import { actions, button } from "../fields.js"
import { dateOf, say } from "../say.js"
import { codeName } from "./code-name.js"
import { showUnlock } from "./unlock.js"
import type { DeskVisit } from "./visit.js"

/** What follows from stopping for today. The desk is locked. */
export function showRested(visit: DeskVisit, caseId: string | null, { moved, kept, notBefore }: Rested): void {
  visit.page.show({
    heading: say("desk.rest.heading"),
    body: [
      paragraph(say("desk.rest.locked")),
      caseId !== null && paragraph(say("desk.rest.kept", { case: codeName(caseId) })),
      paragraph(say("desk.rest.next", { date: dateOf(notBefore) })),
      ...moved.length === 0 ? [kept.length === 0 && paragraph(say("desk.rest.none"))] : listed("desk.rest.moved", moved),
      moved.some(({ kind }) => kind === "promise") && paragraph(say("desk.rest.promise"), "note"),
      kept.length > 0 && h("div", { class: "note care stack" }, ...listed("desk.rest.stays", kept)),
      h("div", { class: "note" }, h("h2", {}, say("desk.rest.gently")), paragraph(say("desk.rest.note"))),
      actions(button(say("desk.unlock.heading"), () => showUnlock(visit))),
    ],
  })
}

function listed(text: "desk.rest.moved" | "desk.rest.stays", clocks: readonly Moved[]): Child[] {
  return [paragraph(say(text)), h("ul", {}, ...clocks.map(({ caseId, kind, dueDay }) => h("li", {}, codeName(caseId), ": ", say(`clocks.${kind}`, { date: dateOf(dueDay) }))))]
}
