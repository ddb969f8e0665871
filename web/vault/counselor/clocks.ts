import { h, paragraph } from "../dom.js"
import { actions, button, details, evenActions, form, submit, textField, whileBusy } from "../fields.js"
import type { Case, Clock } from "../desk-protocol.js"
import { dateOf, refused, say } from "../say.js"
import { showCases } from "./cases.js"
import type { DeskVisit } from "./visit.js"

const day_ms = 86_400_000

/** One clock: what is owed, by when, and how it stands, in words and with a sign, so that no colour has to say it. */
export function clockLine({ kind, dueDay, state }: Clock): HTMLElement {
  const sign = h("span", { "aria-hidden": "true" }, state === "overdue" ? "⚠" : state === "soon" ? "◔" : "○")
  return h("span", { class: `clock ${state}` }, sign, " ", say(`clocks.${kind}`, { date: dateOf(dueDay) }), " · ", say(`clocks.state.${state}`))
}

/** What is owed in a case, with a way to say that it is done, and to promise a day. */
export function clocksOf(visit: DeskVisit, card: Case, look: () => Promise<void>): HTMLElement {
  const failed = h("p", { class: "wrong", role: "alert" })
  const told = async (answer: string | null) => {
    failed.textContent = answer === null ? "" : answer === "unreachable" ? say("desk.unreachable") : refused(answer)
    if (answer === null) await look()
  }
  return h("section", { class: "stack" },
    h("h2", {}, say("clocks.heading")),
    card.clocks.length === 0 ? paragraph(say("clocks.none"), "quiet") : h("ul", { class: "plain" },
      ...card.clocks.map((clock) => h("li", { class: "stack" }, clockLine(clock), doneButton(visit, card, clock, told)))),
    failed,
    details(say("clocks.promise.open"), promiseForm(visit, card, told)))
}

/** The check is done by making it; and nobody is written to before it. */
function doneButton(visit: DeskVisit, card: Case, { kind }: Clock, told: (answer: string | null) => Promise<void>): HTMLElement | false {
  if (kind === "checks" || (kind === "first-contact" && card.checks === "open")) return false

  const press = button(say(`clocks.done.${kind}`), () => void whileBusy(press, say(`clocks.done.${kind}`), async () => {
    if (visit.key === null) return
    const { done } = await import("../desk-protocol.js")
    await told(await done(visit.key, card.caseId, kind))
  }))
  return actions(press)
}

function promiseForm(visit: DeskVisit, card: Case, told: (answer: string | null) => Promise<void>): HTMLElement {
  const day = textField({ label: say("clocks.promise.day"), hint: say("clocks.promise.hint"), ltr: true })
  const keep = submit(say("clocks.promise.keep"))
  return form(() => void whileBusy(keep, say("clocks.promise.keep"), async () => {
    const due = dayOf(day.control.value)
    day.wrong(due === null ? say("clocks.promise.wrong") : null)
    if (due === null || visit.key === null) return

    const { promise } = await import("../desk-protocol.js")
    await told(await promise(visit.key, card.caseId, due))
  }), paragraph(say("clocks.promise.text"), "quiet"), day.block, actions(keep))
}

/** Days since 1970 of a date that is on the calendar; `null` for anything else. */
export function dayOf(typed: string): number | null {
  const text = typed.trim()
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text) ? at / day_ms : null
}

/** No reason is asked, now or later. It is asked once more, because it cannot be taken back. */
export function handBack(visit: DeskVisit, { caseId }: Case): HTMLElement {
  const failed = h("p", { class: "wrong", role: "alert" })
  const yes = button(say("recuse.yes"), () => void whileBusy(yes, say("recuse.yes"), async () => {
    if (visit.key === null) return
    const { recuse } = await import("../desk-protocol.js")
    const answer = await recuse(visit.key, caseId)
    // Given back before: it is not here any more, which was wanted.
    if (answer === null || answer === "case-unknown") showCases(visit)
    else failed.textContent = answer === "unreachable" ? say("desk.unreachable") : refused(answer)
  }))
  const block = details(say("recuse.open"), paragraph(say("recuse.text")),
    evenActions(yes, button(say("recuse.no"), () => (block.open = false))), failed)
  return block
}
