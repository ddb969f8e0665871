import { hasFailed, type Failed } from "../../core/author.js"
import { longestNote, NotesVisit, type NoteEntry } from "../../core/case-notes.js"
import { toHex } from "../../core/bytes.js"
import { readNote } from "../../core/handing.js"
import { lintNote } from "../../core/note-linter.js"
import { deskPlace, openCase, type DeskKey, type OpenedCase } from "../desk-protocol.js"
import { fill, h, isolated, paragraph, type Child } from "../dom.js"
import { actions, button, details, evenActions, form, selectField, submit, textArea, textField, whileBusy } from "../fields.js"
import { dateOf, refused, say, told } from "../say.js"
import { today } from "../today.js"
import { edge } from "../transport.js"
import { showCase } from "./case.js"
import { dayOf } from "./clocks.js"
import { deletionLine } from "./closing.js"
import { codeName } from "./code-name.js"
import { keepLooking, type DeskVisit } from "./visit.js"

const [soon_days, furthest_days] = [7, 366]

/** What this counselor noted of a case, with what came with it. */
export async function notesOf(key: DeskKey, card: OpenedCase): Promise<NotesVisit | Failed> {
  const place = await deskPlace()
  if (hasFailed(place)) return place
  const came = card.handover === null || card.handover.note === null ? null : await readNote(place, key, card.filingId, card.handover)
  return NotesVisit.open(edge, place, key, card, came?.handed ?? null)
}

/** Why notes are not there, or were not kept. */
export function whyNoNotes(name: string): string {
  return name === "unreachable" ? say("desk.unreachable")
    : name === "notes-changed" ? say("desk.notes.elsewhere")
    : name === "notes-unreadable" ? say("desk.notes.unreadable")
    : name === "message-too-large" ? say("desk.notes.full")
    : refused(name)
}

/** What a counselor noted of a case, and where they write more. It closes with the case. */
export async function showNotes(visit: DeskVisit, card: OpenedCase): Promise<void> {
  if (visit.key === null) return

  const [place, notes] = await Promise.all([deskPlace(), notesOf(visit.key, card)])
  const nameOf = (signing: string) => hasFailed(place) ? "" : place.counselors.find((one) => toHex(one.signing) === signing)?.name ?? ""
  const again: HTMLButtonElement = button(say("mail.again"), () => void whileBusy(again, say("mail.again"), () => showNotes(visit, card)))
  visit.page.show({
    heading: say("desk.notes.heading"),
    body: [
      h("p", { class: "what" }, codeName(card.caseId)),
      ...told("desk.notes.text"),
      deletionLine(card),
      card.handover !== null && card.handover.note === null && paragraph(say("desk.notes.pending"), "note"),
      ...hasFailed(notes) ? [paragraph(whyNoNotes(notes.failed), "wrong"), actions(again)] : notesView(notes, nameOf),
      actions(button(say("desk.hand.back"), () => showCase(visit, card.caseId), "link"))],
  })
  keepLooking(visit, async () => {
    const now = visit.key === null ? null : await openCase(visit.key, card.caseId)
    const isOver = now !== null && ("failed" in now ? now.failed === "case-unknown" : now.frozen || now.state === "withdrawn")
    if (isOver) showCase(visit, card.caseId)
  })
}

/** What is left of a case that its author took out: days. */
export function whatStays({ openedDay, readings, eraseDay }: OpenedCase): Child[] {
  const days = [...new Set(readings.map(({ day }) => day))].sort((a, b) => a - b)
  const fact = (name: string, values: readonly string[]) => h("div", {}, h("dt", {}, name), ...values.map((value) => h("dd", {}, value)))
  return [paragraph(say("desk.notes.stays")), h("dl", { class: "facts" },
    fact(say("desk.notes.began"), [dateOf(openedDay)]),
    fact(say("desk.notes.read"), days.length === 0 ? [say("desk.notes.unread")] : days.map(dateOf)),
    eraseDay !== null && fact(say("desk.notes.erased"), [dateOf(eraseDay)]))]
}

function notesView(notes: NotesVisit, nameOf: (signing: string) => string): Child[] {
  const [list, writing] = [h("div", { class: "stack" }), h("section", { class: "stack" })]
  let sheets = new Map<string, HTMLElement>()
  const rewritten = new Set<HTMLElement>()
  /** What is being rewritten stays as it is, also when its note is not there any more. */
  const draw = () => {
    const texts = notes.entries.map((one) => JSON.stringify(one))
    const names = texts.map((text, i) => `${texts.indexOf(text) === i ? "" : i}${text}`)
    const shown = notes.entries.map((one, i) => sheets.get(names[i] ?? "") ?? entrySheet(one))
    sheets = new Map(shown.map((sheet, i) => [names[i] ?? "", sheet]))
    const lost = [...rewritten].filter((sheet) => !shown.includes(sheet))
    fill(list, ...shown.length + lost.length === 0 ? [paragraph(say("desk.notes.none"), "quiet")] : [...lost, ...shown])
  }
  const change = async (was: NoteEntry | null, is: NoteEntry | null) => {
    const failed = await notes.change({ was, is })
    if (failed === null || failed.failed === "notes-changed") draw()
    return failed
  }
  const entrySheet = (entry: NoteEntry) => {
    const sheet = h("section", { class: "sheet" })
    const rewrite = () => {
      rewritten.add(sheet)
      let was: NoteEntry | null = entry
      const keep = async (is: NoteEntry) => {
        const failed = await change(was, is)
        if (failed === null) leave()
        else if (![...sheets.values()].includes(sheet)) was = null // It is not there any more: it can be kept as a new one.
        return failed
      }
      fill(sheet, entryForm(entry, keep, button(say("desk.notes.cancel"), leave, "link")))
    }
    const leave = () => {
      rewritten.delete(sheet)
      show()
      draw()
    }
    const show = () => fill(sheet, ...entryView(entry, nameOf), ...entry.by === undefined ? [actions(button(say("desk.notes.change"), rewrite, "link"))] : [], deletion(() => change(entry, null)))
    show()
    return sheet
  }
  const begin = () => fill(writing, h("h2", {}, say("desk.notes.new")), entryForm(null, async (is) => {
    const failed = await change(null, is)
    if (failed === null) begin()
    return failed
  }))
  draw()
  begin()
  return [list, writing]
}

function entryView({ kind, day, text, changed, until, by }: NoteEntry, nameOf: (signing: string) => string): Child[] {
  const name = by === undefined ? "" : nameOf(by)
  return [h("h2", {}, say(`desk.notes.kind.${kind}`), " · ", dateOf(day)),
    by !== undefined && (name === "" ? paragraph(say("desk.notes.gone"), "quiet") : h("p", { class: "quiet" }, say("desk.hand.by"), " ", isolated(name))),
    h("p", { class: "account", dir: "auto" }, isolated(text)),
    changed !== undefined && paragraph(say("desk.notes.changed", { date: dateOf(changed) }), "quiet small"),
    until !== undefined && paragraph(say("desk.notes.deletes", { date: dateOf(until) }), "quiet small")]
}

function deletion(remove: () => Promise<Failed | null>): HTMLElement {
  const wrong = h("p", { class: "wrong", role: "alert" })
  const yes: HTMLButtonElement = button(say("desk.notes.yes"), () => void whileBusy(yes, say("desk.notes.yes"), async () => {
    const failed = await remove()
    wrong.textContent = failed === null ? "" : whyNoNotes(failed.failed)
  }))
  const block = details(say("desk.notes.delete"), paragraph(say("desk.notes.sure")), evenActions(yes, button(say("desk.notes.no"), () => (block.open = false))), wrong)
  return block
}

/** Writes a note, or one in the place of another. */
function entryForm(was: NoteEntry | null, keep: (is: NoteEntry) => Promise<Failed | null>, ...more: readonly Child[]): HTMLElement {
  const kind = selectField({ label: say("desk.notes.kind"), hint: say("desk.notes.kindHint"), value: was?.kind ?? "work" }, [["work", say("desk.notes.kind.work")], ["self", say("desk.notes.kind.self")]])
  const words = textArea({ label: say("desk.notes.what"), hint: say("desk.notes.hint"), value: was?.text ?? "", onInput: () => fill(pause) })
  const until = textField({ label: say("desk.notes.until"), hint: say("clocks.promise.hint"), value: new Date((was?.until ?? today() + soon_days) * 86_400_000).toISOString().slice(0, 10), ltr: true })
  const [pause, wrong, send] = [h("div", {}), h("p", { class: "wrong", role: "alert" }), submit(say("desk.notes.keep"))]
  const show = () => { until.block.hidden = kind.control.value !== "self" }
  let paused = ""
  const write = async () => {
    const [text, isSelf, day] = [words.control.value.trim(), kind.control.value === "self", dayOf(until.control.value)]
    const isDay = !isSelf || (day !== null && day >= today() && day <= today() + furthest_days)
    until.wrong(isDay ? null : say("desk.notes.wrongDay"))
    words.wrong(text === "" ? say("desk.notes.empty") : text.length > longestNote ? say("desk.notes.tooLong") : null)
    if (!isDay || text === "" || text.length > longestNote) return

    const remarks = paused === text ? null : pauseBefore(text)
    paused = text
    if (remarks !== null) return fill(pause, remarks)
    const failed = await keep({ kind: isSelf ? "self" : "work", day: was?.day ?? today(), text, ...was === null ? {} : { changed: today() }, ...isSelf && day !== null ? { until: day } : {} })
    wrong.textContent = failed === null ? "" : whyNoNotes(failed.failed)
  }
  kind.control.addEventListener("change", show)
  show()
  return form(() => void whileBusy(send, say("desk.notes.keep"), write), was === null && kind.block, words.block, until.block, pause, wrong, actions(send, ...more))
}

function pauseBefore(text: string): HTMLElement | null {
  const remarks = lintNote(text)
  return remarks.length === 0 ? null : h("div", { class: "note care stack", role: "status" },
    h("h3", {}, say("desk.notes.look")),
    h("ul", {}, ...remarks.map(({ why, from, to }) => h("li", {}, say(`desk.notes.pause.${why}`, { words: `\u2068${text.slice(from, to)}\u2069` })))),
    paragraph(say("desk.notes.decide"), "quiet"))
}
