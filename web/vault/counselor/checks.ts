import type { FindingAnswer, OpenedCase, Question, Sibling } from "../desk-protocol.js"
import { fill, h, isolated, paragraph, type Child } from "../dom.js"
import { actions, button, details, form, submit, textArea, whileBusy } from "../fields.js"
import { refused, say, told, type Key } from "../say.js"
import { codeName } from "./code-name.js"
import type { DeskVisit } from "./visit.js"

type Told = (answer: string | null) => Promise<void>

/** What comes before anybody is answered: whether two people wrote, and whether they mean the same person. For each other case of the match, from this side. */
export function checksOf(visit: DeskVisit, card: OpenedCase, named: readonly string[], look: () => Promise<void>): HTMLElement {
  const failed = h("p", { class: "wrong", role: "alert" })
  const answered: Told = async (answer) => {
    failed.textContent = answer === null ? "" : answer === "unreachable" ? say("desk.unreachable") : refused(answer)
    if (answer === null) await look()
  }
  return h("section", { class: "stack" },
    h("h2", {}, say("desk.check.heading")),
    paragraph(say(`desk.check.${card.checks}`), card.checks === "agreed" ? "quiet" : "note"),
    ...told("desk.check.text"),
    failed,
    ...card.siblings.map((sibling) => comparison(visit, card, sibling, answered)),
    sheetForm(visit, card, answered),
    card.contact !== null && recheckOf(visit, card, named))
}

function comparison(visit: DeskVisit, card: OpenedCase, other: Sibling, answered: Told): HTMLElement {
  return h("section", { class: "sheet", "data-sibling": other.caseId },
    h("h3", {}, say("desk.check.with", { case: codeName(other.caseId) })),
    paragraph(other.own ? say("desk.check.you") : other.name === null ? say("desk.check.nobody") : say("desk.check.by", { name: other.name }), "quiet"),
    other.own ? null : h("blockquote", {}, other.sheet === null ? paragraph(say("desk.check.noSheet"), "quiet") : h("p", {}, isolated(other.sheet))),
    !other.own && !other.mayShare && paragraph(say("desk.check.notChosen"), "note"),
    question(visit, card, other, "authors", answered),
    question(visit, card, other, "named", answered))
}

/** Those that end a match are as large as those that go on; what follows stands below. */
function question(visit: DeskVisit, card: OpenedCase, other: Sibling, asked: Question, answered: Told): HTMLElement {
  const answers: readonly FindingAnswer[] = asked === "authors" ? [1, 2, 4, 3] : [1, 2, 3]
  const [mine, theirs] = [other.mine[asked], other.theirs[asked]]
  const choice = (answer: FindingAnswer) => {
    const text = say(wordsOf(asked, answer))
    const control: HTMLButtonElement = button(text, () => void whileBusy(control, text, async () => {
      if (visit.key === null) return
      const { find } = await import("../desk-protocol.js")
      await answered(await find(visit.key, card, other, asked, answer))
    }))
    control.setAttribute("aria-pressed", String(mine === answer))
    return control
  }
  return h("div", { class: "stack", role: "group", "aria-label": say(`desk.check.${asked}`) },
    h("h4", {}, say(`desk.check.${asked}`)),
    paragraph(say(`desk.check.${asked}Hint`), "quiet small"),
    actions(...answers.map(choice)),
    !other.own && paragraph(theirs === null ? say("desk.check.theirsNone") : say("desk.check.theirs", { answer: theirAnswer(asked, theirs) }), "quiet small"))
}

/** What the other side says, from here: which of two is used now is the other way round. */
function theirAnswer(asked: Question, answer: FindingAnswer): string {
  return say(wordsOf(asked, asked === "authors" && answer === 2 ? 4 : answer === 4 ? 2 : answer))
}

function wordsOf(asked: Question, answer: FindingAnswer): Key {
  return `desk.check.${asked}.${answer}` as Key
}

function sheetForm(visit: DeskVisit, card: OpenedCase, answered: Told): Child {
  if (!card.siblings.some((sibling) => !sibling.own && sibling.mayShare)) return null

  const text = textArea({ label: say("desk.check.sheet"), hint: say("desk.check.sheetHint"), value: card.sheet ?? "" })
  const send = submit(say("desk.check.share"))
  return form(() => void whileBusy(send, say("desk.check.share"), async () => {
    if (visit.key === null || text.control.value.trim() === "") return
    const { share } = await import("../desk-protocol.js")
    await answered(await share(visit.key, card, text.control.value.trim()))
  }), text.block, card.sheet !== null && paragraph(say("desk.check.shared"), "quiet"), actions(send))
}

function recheckOf(visit: DeskVisit, card: OpenedCase, named: readonly string[]): HTMLElement {
  const [block, failed] = [h("div", { class: "stack", role: "status" }), h("p", { class: "wrong", role: "alert" })]
  const ask = button(say("desk.recheck.ask"), () => void whileBusy(ask, say("desk.recheck.asking"), async () => {
    if (visit.key === null || card.contact === null) return

    const { recheck } = await import("../desk-protocol.js")
    const answer = await recheck(visit.key, card, card.contact)
    failed.textContent = !("failed" in answer) ? "" : answer.failed === "unreachable" ? say("desk.unreachable") : refused(answer.failed)
    if (!("failed" in answer)) {
      fill(block,
        h("ul", {}, ...named.map((what, i) => h("li", {}, say(answer[i] === true ? "desk.recheck.yes" : "desk.recheck.no", { what: `\u2068${what}\u2069` })))),
        !answer.includes(true) && paragraph(say("desk.recheck.none"), "note care"))
    }
  }))
  return details(say("desk.recheck.open"), paragraph(say("desk.recheck.text"), "quiet"), actions(ask), failed, block)
}
