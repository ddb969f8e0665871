import type { ContactContent } from "../../core/author.js"
import { fill, h, isolated, paragraph, type Child } from "../dom.js"
import { actions, button } from "../fields.js"
import type { OpenedCase } from "../desk-protocol.js"
import { dateOf, say } from "../say.js"
import { accountOf } from "./account.js"
import { askedStop } from "./asked-stop.js"
import { showCases } from "./cases.js"
import { checksOf } from "./checks.js"
import { clocksOf, handBack } from "./clocks.js"
import { closingOf } from "./closing.js"
import { codeName } from "./code-name.js"
import { meetOf } from "./meet.js"
import { keepLooking, type DeskVisit } from "./visit.js"

/** One case: how to reach them and whom they named; then both checks; then, with their yes, the account. */
export function showCase(visit: DeskVisit, caseId: string): void {
  const [plan, block, mail] = [h("div", {}), h("div", { class: "stack" }), h("div", { class: "stack" })]
  const trouble = h("p", { class: "note care slim", role: "status", hidden: true })
  const reading = h("div", {})
  let [drawn, standing, readable] = ["", "", ""]
  let written = ""
  const fields = () => JSON.stringify([...block.querySelectorAll<HTMLInputElement>("input, textarea, select")].map(({ value, checked }) => [value, checked]))
  let card: OpenedCase
  let redraw: (() => void) | null = null
  let ended = new AbortController()
  const look = async () => {
    if (visit.key === null) return

    const { openCase } = await import("../desk-protocol.js")
    const answer = await openCase(visit.key, caseId)
    trouble.hidden = !("failed" in answer)
    if ("failed" in answer) {
      trouble.textContent = say(answer.failed === "case-unknown" ? "desk.case.missing" : "desk.unreachable")
      if (answer.failed === "case-unknown") for (const each of [plan, block, mail]) fill(each)
      return
    }
    const now = `${answer.state} ${answer.verified} ${answer.unreadable} ${answer.frozen} ${answer.stopAt_s} ${answer.changed} ${answer.added} ${JSON.stringify([answer.meet, answer.checks, answer.siblings, answer.sheet, answer.clocks, answer.closedDay, answer.deleteDay, answer.handover])}`
    // What is being typed is not taken away by what changed beside it; but by what was stopped, withdrawn or named anew.
    const stands = `${answer.state} ${answer.frozen} ${answer.changed} ${answer.stopAt_s}`
    card = answer
    if (now === drawn || (fields() !== written && stands === standing)) return

    [drawn, standing] = [now, stands]
    const { readBack } = await import("../identify.js")
    const named = await Promise.all((answer.contact?.identifiers ?? []).map(readBack))
    // What is open stays open, whatever else is drawn again; and it closes with their yes.
    const mayRead = answer.state === "released" && !answer.unreadable && !answer.frozen ? `may ${answer.added}` : ""
    if (mayRead !== readable) fill(reading, mayRead !== "" && accountOf(visit, answer))
    readable = mayRead
    fill(block, ...draw(visit, answer, named, done, reading))
    written = fields()
    // What is being written stays, whatever else is drawn again.
    const isOpen = answer.state !== "withdrawn" && !answer.frozen && answer.contact !== null
    if (isOpen && redraw !== null) return redraw()

    ended.abort()
    ended = new AbortController()
    for (const each of [plan, mail]) fill(each)
    redraw = isOpen ? (await import("./mail.js")).showMailOf(visit, plan, mail, () => card, ended.signal) : null
  }
  const done = () => {
    written = fields()
    return look()
  }
  visit.page.show({
    heading: codeName(caseId),
    body: [trouble, plan, block, mail, actions(button(say("desk.case.back"), () => showCases(visit), "link"))],
  })
  keepLooking(visit, look)
}

function draw(visit: DeskVisit, card: OpenedCase, named: readonly string[], look: () => Promise<void>, reading: HTMLElement): Child[] {
  if (card.state === "withdrawn") {
    return [h("div", { class: "note" }, h("h2", {}, say("desk.withdrawn.heading")), paragraph(say("desk.withdrawn.text")),
      card.eraseDay !== null && paragraph(say("desk.withdrawn.erase", { date: dateOf(card.eraseDay) })),
      later(async () => (await import("./notes.js")).whatStays(card)))]
  }
  if (card.frozen) {
    return [h("div", { class: "note care" }, h("h2", {}, say("desk.frozen.heading")), paragraph(say("desk.frozen.text"))), closingOf(visit, card, look), handBack(visit, card)]
  }
  return [
    !!card.handover?.note && later(async () => (await import("./handover.js")).noteOf(visit.key, card)),
    card.changed && h("div", { class: "note" }, h("h2", {}, say("desk.changed.heading")), paragraph(say("desk.changed.text"))),
    card.contact?.possible_own_duplicate === true && card.checks !== "agreed" && paragraph(say("desk.card.duplicate"), "note care"),
    card.contact === null ? paragraph(say("desk.card.unreadable"), "note care") : contactCard(card.contact, named),
    card.direct ? h("div", { class: "note" }, h("h2", {}, say("desk.direct.heading")), paragraph(say("desk.direct.text"))) : checksOf(visit, card, named, look),
    card.unreadable ? h("div", { class: "note care" }, h("h2", {}, say("desk.unreadable.heading")), paragraph(say("desk.unreadable.text")))
      : card.state === "released" ? reading
      : card.verified && h("div", { class: "note" }, h("h2", {}, say("desk.waiting.heading")), paragraph(say("desk.waiting.text"))),
    meetOf(visit, card, look),
    card.closedDay === null && clocksOf(visit, card, look),
    closingOf(visit, card, look),
    (card.direct || card.checks === "agreed") && actions(button(say("desk.hold.open"), () => void import("./holds.js").then((next) => next.showHoldForm(visit, card)), "link")),
    card.checks !== "open" && askedStop(visit, card, look),
    actions(button(say("desk.notes.open"), () => void import("./notes.js").then((next) => next.showNotes(visit, card)), "link")),
    actions(button(say("desk.hand.open"), () => void import("./handover.js").then((next) => next.showHandover(visit, card)), "link")),
    handBack(visit, card),
  ]
}

/** What is filled in once it is loaded. */
function later(load: () => Promise<Child[]>): HTMLElement {
  const block = h("div", { class: "stack" })
  void load().then((children) => fill(block, ...children))
  return block
}

function contactCard(contact: ContactContent, named: readonly string[]): HTMLElement {
  return h("section", { class: "sheet" },
    ...(contact.corrected_days ?? []).map((day) => paragraph(say("desk.card.corrected", { date: dateOf(day) }), "note")),
    !contact.no_contact && contact.reach_if_lost === true && paragraph(say("desk.card.lost"), "quiet"),
    h("h2", {}, say("desk.card.named")),
    h("dl", { class: "facts" },
      ...fact(say("desk.card.who"), [contact.who]),
      ...fact(say("desk.card.identifiers"), named),
      ...(contact.notes.trim() === "" ? [] : fact(say("desk.card.notes"), [contact.notes]))))
}

function fact(name: string, lines: readonly string[]): Child[] {
  const written = lines.filter((line) => line.trim() !== "")
  return [h("div", {}, h("dt", {}, name),
    ...(written.length === 0 ? [h("dd", { class: "quiet" }, say("desk.card.blank"))] : written.map((line) => h("dd", {}, isolated(line)))))]
}
