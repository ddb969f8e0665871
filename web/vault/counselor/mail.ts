import { planOf } from "../../core/contact-plan.js"
import { decisionOf, isOpen } from "../../core/decision.js"
import type { FileReference } from "../../core/file-reference.js"
import type { MailVisit } from "../../core/mail-visit.js"
import { longest } from "../../core/mailbox.js"
import type { OpenedCase } from "../desk-protocol.js"
import { fill, h, paragraph, type Child } from "../dom.js"
import { actions, button, form, selectField, submit, textArea, whileBusy } from "../fields.js"
import { languages, spoken, textIn, type Language } from "../language.js"
import { mailNumberView } from "../mail-number.js"
import { attaching, lettersView } from "../mail-view.js"
import { dateOf, refused, say } from "../say.js"
import { edge } from "../transport.js"
import { mailOfCase, numberWith, partOfMail, storingFor } from "./mail-protocol.js"
import { pauseBefore } from "./pause.js"
import { planView } from "./plan.js"
import { keepLooking, type DeskVisit } from "./visit.js"

/** How often an open case exchanges with its mailbox, whatever is done in it. */
const interval_ms = 30_000

const templates = ["first", "pace", "changed", "holiday"] as const

/** Where the mailbox of a case is shown: the plan above the card, the rest below it. */
interface Place {
  readonly plan: HTMLElement
  readonly block: HTMLElement
  /** The case as it is now. */
  readonly card: () => OpenedCase
  draw: () => void
  /** Aborted when it is shown no more. */
  readonly shown: AbortSignal
}

/** Fills in the plan, what was said, and where it is answered, once the mailbox is open. @returns Draws it again when the case has changed. */
export function showMailOf(visit: DeskVisit, plan: HTMLElement, block: HTMLElement, card: () => OpenedCase, ended: AbortSignal): () => void {
  const place: Place = { plan, block, card, draw: () => {}, shown: AbortSignal.any([visit.page.whileShown, ended]) }
  fill(block, h("h2", {}, say("mail.heading")), paragraph(say("mail.opening"), "quiet"))
  void open(visit, place)
  return () => place.draw()
}

async function open(visit: DeskVisit, place: Place): Promise<void> {
  const { plan, block } = place
  const { contact } = place.card()
  if (visit.key === null || contact === null) return

  const mail = await mailOfCase(visit.key, place.card())
  if (mail === null) {
    fill(plan, planView(null, contact, true, () => {}))
    return fill(block, h("h2", {}, say("mail.heading")), paragraph(say("desk.mail.none"), "quiet"))
  }
  const failed = "failed" in mail ? mail : await mail.open()
  if (place.shown.aborted) return
  if (failed === null && !("failed" in mail)) return showMail(visit, place, mail)

  const again: HTMLButtonElement = button(say("mail.again"), () => void whileBusy(again, say("mail.opening"), () => open(visit, place)))
  fill(block, h("h2", {}, say("mail.heading")), paragraph(whyNot(failed?.failed ?? ""), "wrong"), actions(again))
}

function whyNot(name: string): string {
  return name === "unreachable" ? say("desk.unreachable") : name === "author-changed" ? say("desk.mail.otherAuthor") : refused(name)
}

function showMail(visit: DeskVisit, place: Place, mail: MailVisit): void {
  const { plan, block } = place
  const card = place.card()
  const [decided, letters, state] = [h("div", {}), h("div", {}), h("p", { class: "quiet small", role: "status" })]
  const them = card.contact?.call_me.trim() || say("desk.mail.them")
  let [seenPlan, drawn] = ["", ""]
  const compose = composing(visit, card, mail, () => draw())
  mail.meet(mail.counselor ?? "") // It is their own.
  const checkFirst = paragraph(say("desk.mail.checkFirst"), "note")
  const draw = place.draw = () => {
    const { verified, checks } = place.card()
    const mayWrite = verified || checks === "unclear" // Their author knows that a check goes on.
    const theirs = planOf(mail.theirs["plan"])
    const planText = JSON.stringify(theirs ?? "card")
    const now = JSON.stringify([mayWrite, planText, seenPlan, mail.theirs["decision"], mail.standing, mail.letters, mail.unsent.length, mail.waiting.length])
    if (now === drawn || card.contact === null || place.shown.aborted) return

    drawn = now
    const fresh = mail.unseen
    fill(plan, planView(theirs, card.contact, seenPlan === planText, () => {
      seenPlan = planText
      draw()
    }))
    fill(decided, decisionView(mail, draw))
    fill(letters, lettersView({ page: visit.page, mail, them, changed: draw, partOf: async (id, part) =>
      visit.key === null ? { failed: "not-allowed" } : partOfMail(visit.key, card.caseId, id, part),
    }, fresh))
    compose.hidden = seenPlan !== planText || !mayWrite
    checkFirst.hidden = mayWrite
    mail.see()
    visit.news.delete(card.caseId)
  }
  const look = async () => {
    const before = mail.spoken
    const failed = await mail.look()
    state.textContent = failed === null ? say(mail.isSent ? "mail.looked" : "mail.leaves") : whyNot(failed.failed)
    if (mail.spoken > before) await firstIsSent(visit, place.card())
    if (failed === null) draw()
  }
  const again: HTMLButtonElement = button(say("mail.lookNow"), () => void whileBusy(again, say("mail.looking"), look))
  const number = h("div", {})
  if (visit.key !== null) void numberWith(visit.key, card).then((digits) => fill(number, digits !== null && mailNumberView(digits)))
  fill(block, decided, h("h2", {}, say("mail.heading")), number, letters, checkFirst, compose, state, actions(again))
  state.textContent = say("mail.looked")
  draw()
  keepLooking(visit, look, interval_ms, place.shown)
}

/** What they decided, which they can change until it is begun. */
function decisionView(mail: MailVisit, draw: () => void): HTMLElement | null {
  const [decision, begun] = [decisionOf(mail.theirs["decision"]), decisionOf(mail.standing["begun"])]
  if (decision === null || decision.what === "later") return null
  const isBegun = begun !== null && !isOpen(decision, begun)
  return h("section", { class: "sheet" },
    h("h2", {}, say("desk.decide.heading")),
    h("p", { class: "what" }, say(`decide.${decision.what}`)),
    paragraph(isBegun ? say("desk.decide.begun", { date: dateOf(begun.day) }) : say("desk.decide.since", { date: dateOf(decision.day) }), "quiet small"),
    !isBegun && decision.what !== "nothing" && actions(button(say("desk.decide.begin"), () => {
      mail.stand({ ...mail.standing, begun: { what: decision.what, day: edge.today() } })
      draw()
    })))
}

/** What was owed is done by it. */
async function firstIsSent({ key }: DeskVisit, { caseId, clocks }: OpenedCase): Promise<void> {
  if (key === null || !clocks.some((one) => one.kind === "first-contact")) return
  const { done } = await import("../desk-protocol.js")
  await done(key, caseId, "first-contact")
}

function composing(visit: DeskVisit, card: OpenedCase, mail: MailVisit, draw: () => void): HTMLElement {
  const files: FileReference[] = []
  const words = textArea({ label: say("mail.write"), hint: say("desk.mail.hint"), long: true, onInput: () => fill(pause) })
  const [pause, block, send] = [h("div", {}), h("div", {}), submit(say("mail.send"))]
  let paused = ""
  const write = () => {
    const text = words.control.value
    if (text.trim() === "" && files.length === 0) return words.wrong(say("mail.empty"))
    if (text.length > longest) return words.wrong(say("mail.tooLong"))

    words.wrong(null)
    const remarks = paused === text ? null : pauseBefore(text)
    paused = text
    if (remarks !== null) return fill(pause, remarks)
    if (!mail.write(text, edge.today(), [...files])) return words.wrong(say("mail.full"))

    fill(pause)
    words.control.value = ""
    files.length = 0
    fill(block, attachments())
    visit.page.announce(say("mail.leaves"))
    draw()
  }
  const attachments = (): Child => visit.key !== null && attaching(visit.page, files, storingFor(visit.key, card.caseId), () => {})
  fill(block, attachments())
  return form(write, beginWith(words.control), words.block, block, pause, actions(send))
}

/** Texts that others have looked at, in the language of whoever reads them, beside that of the counselor, who sees what they send. They go into the field, to be changed there. */
function beginWith(field: HTMLTextAreaElement): HTMLElement {
  const which = selectField({ label: say("desk.tpl.which"), value: "first" }, templates.map((one) => [one, say(`desk.tpl.${one}`)]))
  const language = selectField({ label: say("desk.tpl.language"), value: document.documentElement.lang }, Object.entries(languages))
  const reviewed = (wanted: Language) => textIn(wanted, `desk.tpl.${which.control.value as typeof templates[number]}.text`)
  const beside = h("div", { class: "beside" })
  const compare = async () => {
    const [own, theirs] = [spoken(), language.control.value as Language]
    const both = await Promise.all((theirs === own ? [own] : [own, theirs]).map(async (each) => quoted(each, await reviewed(each), each === own)))
    fill(beside, ...both)
  }
  for (const { control } of [which, language]) control.addEventListener("change", () => void compare())
  const put: HTMLButtonElement = button(say("desk.tpl.put"), () => void whileBusy(put, say("desk.tpl.put"), async () => {
    const text = await reviewed(language.control.value as Language)
    field.value = field.value.trim() === "" ? text : `${field.value.trimEnd()}\n\n${text}`
    field.dispatchEvent(new Event("input"))
    field.focus()
  }))
  return h("details", { ontoggle: () => void compare() }, h("summary", {}, say("desk.tpl.open")), h("div", { class: "stack" }, which.block, language.block, beside, actions(put)))
}

function quoted(language: Language, text: string, isOwn: boolean): HTMLElement {
  return h("div", { class: "note" }, h("h3", {}, say(isOwn ? "desk.tpl.own" : "desk.tpl.language")), h("p", { lang: language, dir: language === "ar" ? "rtl" : "ltr" }, text))
}
