import { hasFailed, type Failed } from "../../core/author.js"
import { fromBase64, fromHex, toHex } from "../../core/bytes.js"
import type { NoteEntry } from "../../core/case-notes.js"
import { propose, readNote, takeBack } from "../../core/handing.js"
import { readHandover } from "../../core/handover.js"
import { h, isolated, paragraph, type Child } from "../dom.js"
import { actions, button, choices, form, selectField, submit, textArea, textField, whileBusy } from "../fields.js"
import { deskPlace, type DeskKey, type OpenedCase } from "../desk-protocol.js"
import type { Place } from "../place.js"
import { dateOf, refused, say, told } from "../say.js"
import { today } from "../today.js"
import { edge } from "../transport.js"
import { showCase } from "./case.js"
import { dayOf } from "./clocks.js"
import { notesOf, whyNoNotes } from "./notes.js"
import type { DeskVisit } from "./visit.js"

const [soon_days, furthest_days] = [7, 60]

/** Who is to have a case, and a note for them alone; or what was proposed, and a way to take it back. */
export async function showHandover(visit: DeskVisit, card: OpenedCase): Promise<void> {
  const place = await deskPlace()
  const [message, id] = [fromBase64(card.handover?.message), fromHex(card.filingId, 16)]
  const noted = visit.key === null || card.heirs.length === 0 ? [] : await workNotesOf(visit.key, card)
  const pending = hasFailed(place) || card.handover === null || card.handover.note !== null || message === null || id === null ? null : readHandover(place, id, message)
  visit.page.show({
    heading: say("desk.hand.heading"),
    body: [
      ...told("desk.hand.text"),
      ...hasFailed(place) ? [paragraph(say("desk.unreachable"), "wrong")]
        : pending !== null ? pendingSheet(visit, card, nameOf(place, toHex(pending.successor)), pending.fromDay)
        : card.heirs.length === 0 ? [paragraph(say("desk.hand.nobody"), "note")]
        : hasFailed(noted) && noted.failed !== "notes-unreadable" ? [paragraph(whyNoNotes(noted.failed), "wrong")]
        : [card.checks === "open" && paragraph(say("desk.hand.untold"), "note"), hasFailed(noted) && paragraph(whyNoNotes(noted.failed), "note care"),
          proposalForm(visit, card, place, hasFailed(noted) ? [] : noted)],
      actions(button(say("desk.hand.back"), () => showCase(visit, card.caseId), "link"))],
  })
}

/** What whoever had a case before wrote for this counselor; filled once it is opened. */
export async function noteOf(key: DeskKey | null, card: OpenedCase): Promise<Child[]> {
  if (key === null || card.handover === null || card.handover.note === null) return []

  const place = await deskPlace()
  const note = hasFailed(place) ? null : await readNote(place, key, card.filingId, card.handover)
  const by = hasFailed(place) || note === null ? "" : nameOf(place, note.by)
  const line = (label: string, text: string) => h("div", {}, h("dt", {}, label), text === "" ? h("dd", { class: "quiet" }, say("desk.card.blank")) : h("dd", {}, isolated(text)))
  return [h("section", { class: "sheet" }, h("h2", {}, say("desk.hand.note")), note === null ? paragraph(say("desk.hand.unreadable"), "note care")
    : by === "" ? paragraph(say("desk.hand.byNobody"), "note care") : h("p", { class: "quiet" }, say("desk.hand.by"), " ", isolated(by)),
  note !== null && h("dl", { class: "facts" }, line(say("desk.hand.wants"), note.wants), line(say("desk.hand.promised"), note.promised), line(say("desk.hand.avoid"), note.avoid)),
  note !== null && note.handed.entries.length > 0 && paragraph(say("desk.notes.came"), "quiet"))]
}

function pendingSheet(visit: DeskVisit, card: OpenedCase, name: string, fromDay: number): Child[] {
  return [h("div", { class: "note" }, paragraph(say("desk.hand.pending", { name, date: dateOf(fromDay) }))),
    ...sending(visit, card, say("desk.hand.takeBack"), (key, place) => takeBack(edge, place, key, card.caseId))]
}

/** What they noted for the work; reminders to self never go. */
async function workNotesOf(key: DeskKey, card: OpenedCase): Promise<readonly NoteEntry[] | Failed> {
  const notes = await notesOf(key, card)
  return hasFailed(notes) ? notes : notes.entries.filter(({ kind }) => kind === "work")
}

/** Each goes unless it is left out. */
function goingAlong(noted: readonly NoteEntry[], choose: (chosen: readonly NoteEntry[]) => void): HTMLElement {
  if (noted.length === 0) return paragraph(say("desk.notes.handNone"), "quiet")

  return h("div", { class: "stack" }, choices({
    legend: say("desk.notes.hand"), type: "checkbox",
    of: noted.map(({ text, day }, i) => ({ value: String(i), what: isolated(text), then: dateOf(day), checked: true })),
    onChange: (values) => choose(noted.filter((_, i) => values.includes(String(i)))),
  }), paragraph(say("desk.notes.handHint"), "quiet small"))
}

function proposalForm(visit: DeskVisit, card: OpenedCase, place: Place, noted: readonly NoteEntry[]): HTMLElement {
  let going = noted
  const who = selectField({ label: say("desk.hand.who"), hint: say("desk.hand.whoHint"), value: card.heirs[0] ?? "" }, card.heirs.map((key) => [key, nameOf(place, key)] as const))
  const from = textField({ label: say("desk.hand.from"), hint: say("clocks.promise.hint"), value: new Date((today() + soon_days) * 86_400_000).toISOString().slice(0, 10), ltr: true })
  const [wants, promised, avoid] = [textArea({ label: say("desk.hand.wants"), hint: say("desk.hand.noteHint") }), textArea({ label: say("desk.hand.promised") }), textArea({ label: say("desk.hand.avoid") })]
  const wrong = h("p", { class: "wrong", role: "alert" })
  const send = submit(say("desk.hand.propose"))
  return form(() => void whileBusy(send, say("desk.hand.propose"), async () => {
    const day = dayOf(from.control.value)
    const isGood = day !== null && day > today() && day <= today() + furthest_days
    from.wrong(isGood ? null : say("desk.hand.wrongDay"))
    if (!isGood || visit.key === null) return

    const note = { wants: wants.control.value.trim(), promised: promised.control.value.trim(), avoid: avoid.control.value.trim() }
    const failed = await propose(edge, place, visit.key, card, who.control.value, day, note, going)
    wrong.textContent = failed === null ? "" : failed.failed === "unreachable" ? say("desk.unreachable") : failed.failed === "message-too-large" ? say("desk.hand.tooLong") : refused(failed.failed)
    if (failed === null) showCase(visit, card.caseId)
  }), who.block, from.block, wants.block, promised.block, avoid.block, goingAlong(noted, (chosen) => (going = chosen)), wrong, actions(send))
}

function sending(visit: DeskVisit, card: OpenedCase, text: string, run: (key: DeskKey, place: Place) => ReturnType<typeof takeBack>): Child[] {
  const wrong = h("p", { class: "wrong", role: "alert" })
  const press: HTMLButtonElement = button(text, () => void whileBusy(press, text, async () => {
    const place = await deskPlace()
    if (visit.key === null) return

    const failed = hasFailed(place) ? place : await run(visit.key, place)
    if (failed === null) showCase(visit, card.caseId)
    else wrong.textContent = failed.failed === "unreachable" ? say("desk.unreachable") : refused(failed.failed)
  }))
  return [actions(press), wrong]
}

function nameOf({ counselors }: Place, signing: string): string {
  return counselors.find((one) => toHex(one.signing) === signing)?.name ?? ""
}
