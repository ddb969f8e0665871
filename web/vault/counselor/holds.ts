import { h, isolated, paragraph } from "../dom.js"
import { actions, button, form, selectField, submit, textField, whileBusy } from "../fields.js"
import { askForHolds, sign, type DeskHold } from "../hold-protocol.js"
import type { Case } from "../desk-protocol.js"
import { dateOf, refused, say } from "../say.js"
import { showCases } from "./cases.js"
import { dayOf } from "./clocks.js"
import { codeName } from "./code-name.js"
import type { DeskVisit } from "./visit.js"

const wrongOf = (answer: string | null) => answer === null ? "" : answer === "unreachable" ? say("desk.unreachable") : refused(answer)

/** What waits for a second signature, and what is held. Nothing of a case is here but its code-name. */
export async function showHolds(visit: DeskVisit): Promise<void> {
  if (visit.key === null) return

  const answer = await askForHolds(visit.key)
  const holds = "failed" in answer ? null : answer
  visit.page.show({
    heading: say("desk.hold.heading"),
    body: [
      paragraph(say("desk.hold.intro")),
      holds === null ? paragraph(say("desk.unreachable"), "note care") : holds.list.length === 0 && paragraph(say("desk.hold.none"), "quiet"),
      ...(holds?.list ?? []).map((one) => holdSheet(visit, one, holds?.own ?? "", (signer) => holds?.nameOf(signer) || say("desk.hold.gone"))),
      actions(button(say("desk.case.back"), () => showCases(visit), "link"))],
  })
}

function holdSheet(visit: DeskVisit, one: DeskHold, own: string, nameOf: (signer: string) => string): HTMLElement {
  const failed = h("p", { class: "wrong", role: "alert" })
  const isLift = one.first.act === 2
  const text = one.second === null ? say("desk.hold.sign") : say("desk.hold.signLift")
  const press = button(text, () => void whileBusy(press, text, async () => {
    if (visit.key === null) return
    const answer = await sign(visit.key, one.caseId, { ...one.first, act: one.second === null ? one.first.act : 2 })
    failed.textContent = wrongOf(answer)
    if (answer === null) await showHolds(visit)
  }))
  const date = dateOf(one.first.untilDay)
  return h("section", { class: "sheet" },
    h("h2", {}, codeName(one.caseId)),
    one.second === null
      ? paragraph(say(isLift ? "desk.hold.lift" : "desk.hold.keep", { date }))
      : paragraph(say("desk.hold.force", { date, first: nameOf(one.first.signer), second: nameOf(one.second.signer) })),
    paragraph(say(`desk.hold.reason.${one.first.reason}`), "quiet"),
    one.second === null && (one.first.signer === own ? paragraph(say("desk.hold.waits"), "quiet") : h("p", {}, say("desk.hold.by"), " ", isolated(nameOf(one.first.signer)))),
    (one.second !== null || one.first.signer !== own) && actions(press),
    failed)
}

/** Asks for a hold of one case: a reason of three, and a last day. */
export function showHoldForm(visit: DeskVisit, { caseId, filingId }: Case): void {
  const failed = h("p", { class: "wrong", role: "alert" })
  const reason = selectField({ label: say("desk.hold.why"), value: "2" }, ([2, 1, 3] as const).map((each) => [String(each), say(`desk.hold.reason.${each}`)] as const))
  const day = textField({ label: say("desk.hold.until"), hint: say("clocks.promise.hint"), ltr: true })
  const ask = submit(say("desk.hold.ask"))
  const send = () => whileBusy(ask, say("desk.hold.ask"), async () => {
    const untilDay = dayOf(day.control.value)
    day.wrong(untilDay === null ? say("clocks.promise.wrong") : null)
    if (untilDay === null || visit.key === null) return

    const answer = await sign(visit.key, caseId, { filingId, act: 1, reason: Number(reason.control.value) as 1 | 2 | 3, untilDay })
    failed.textContent = wrongOf(answer)
    if (answer === null) await showHolds(visit)
  })
  visit.page.show({
    heading: say("desk.hold.open"),
    body: [
      h("p", { class: "what" }, codeName(caseId)), paragraph(say("desk.hold.intro")),
      form(() => void send(), reason.block, day.block, paragraph(say("desk.hold.atMost"), "quiet small"), actions(ask, button(say("desk.case.back"), () => showCases(visit), "link")), failed)],
  })
}
