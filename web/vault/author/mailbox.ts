import { planFrom, planOf, type ContactPlan } from "../../core/contact-plan.js"
import type { BoxAccount } from "../../core/author.js"
import type { FileReference } from "../../core/file-reference.js"
import type { MailVisit } from "../../core/mail-visit.js"
import { longest } from "../../core/mailbox.js"
import { parseTeam } from "../../core/team.js"
import { fill, h, isolated, paragraph, type Child } from "../dom.js"
import { actions, button, evenActions, form, submit, textArea, whileBusy } from "../fields.js"
import type { Opened, OwnFiling } from "../later-protocol.js"
import { mailOf, numberWith, openUnsent, partsFor, sealUnsent, storingFor } from "../mail-protocol.js"
import { mailNumberView } from "../mail-number.js"
import { attaching, lettersView } from "../mail-view.js"
import { dateOf, refused, say } from "../say.js"
import { memberView } from "../team-view.js"
import { edge } from "../transport.js"
import { frozenNote, seenButton } from "./seen.js"
import { showStatus } from "./status.js"
import type { Visit } from "./visit.js"
import { counselorName } from "./withdraw.js"

/** How often an open mailbox looks, whatever is done in it: neither a time nor a number says whether anything was written. */
const interval_ms = 30_000

/** A mailbox that is open, on all its screens. */
export interface Room {
  readonly visit: Visit
  readonly opened: Opened
  readonly filing: OwnFiling
  readonly account: BoxAccount
  readonly mail: MailVisit
  /** What is being written. */
  text: string
  readonly files: FileReference[]
}

/** The author's mailbox: they come and look when it suits them, and nobody writes to them anywhere else. */
export async function showMailbox(visit: Visit, opened: Opened, filing: OwnFiling): Promise<void> {
  const account = opened.author.box.accounts.find((one) => one.filing_id === filing.filingId)
  const mail = account && mailOf(opened.author, account)
  if (account === undefined || !mail) return

  const failed = h("p", { class: "wrong", role: "alert" })
  const open: HTMLButtonElement = button(say("mail.again"), () => void whileBusy(open, say("mail.opening"), look), "main")
  const look = async () => {
    const why = await mail.open()
    if (why === null) return begin(visit, opened, filing, account, mail)
    failed.textContent = why.failed === "unreachable" ? say("mail.unreachable") : refused(why.failed)
    open.hidden = false
  }
  open.hidden = true
  visit.page.show({
    heading: say("mail.heading"),
    body: [paragraph(say("mail.opening"), "quiet"), failed, actions(open, button(say("back"), () => void showStatus(visit, opened), "link"))],
  })
  await look()
}

function begin(visit: Visit, opened: Opened, filing: OwnFiling, account: BoxAccount, mail: MailVisit): void {
  const before = visit.unsent.mail && openUnsent(opened.author, filing.filingId, visit.unsent.mail)
  if (before !== null) mail.hold(before.letters)
  showRoom({ visit, opened, filing, account, mail, text: before?.text ?? "", files: [...(before?.files ?? [])] })
}

/** Holds what has not left, should the page lock. */
function hold({ visit, opened, filing, mail, text, files }: Room): void {
  visit.unsent.mail = sealUnsent(opened.author, { filing_id: filing.filingId, text, files, letters: [...mail.unsent, ...mail.held] }) ?? visit.unsent.mail
}

/** The plan that holds: theirs, or what they said before there was a mailbox. */
export function planNow({ mail, account }: Room): ContactPlan {
  return planOf(mail.standing["plan"]) ?? planFrom(account.contact, Intl.DateTimeFormat().resolvedOptions().timeZone)
}

export function showRoom(room: Room): void {
  const { visit, opened, filing, mail } = room
  const [top, letters, held, state] = [h("div", { class: "stack" }), h("section", { class: "stack" }), h("div", { class: "stack" }), h("p", { class: "quiet small", role: "status" })]
  const compose = composing(room, () => draw())
  const plan = button(say("plan.tap"), () => void import("./plan.js").then((next) => next.showPlan(room)))
  const decide = button(say("decide.tap"), () => void import("./decide.js").then((next) => next.showDecide(room)))
  const them = () => counselorName(opened, { ...filing, counselor: mail.counselor })
  let drawn = ""
  const draw = () => {
    hold(room)
    for (const each of [compose, plan, decide]) each.hidden = mail.counselor === null || !mail.hasMet
    const now = JSON.stringify([mail.counselor, mail.hasMet, mail.letters, mail.unsent.length, mail.waiting.length, mail.held, mail.standing])
    if (now === drawn) return

    drawn = now
    const fresh = mail.unseen
    fill(top, ...topOf(room, them(), draw))
    fill(letters, h("h2", {}, say("mail.said")), lettersView({ page: visit.page, mail, them: them(), partOf: partsFor(opened.author), changed: draw }, fresh))
    fill(held, ...heldOf(room, draw))
    if (!document.hidden) mail.see()
  }
  const look = async () => {
    const failed = await mail.look()
    state.textContent = failed === null ? say(mail.isSent ? "mail.looked" : "mail.leaves") : failed.failed === "unreachable" ? say("mail.unreachable") : refused(failed.failed)
    if (failed === null) draw()
  }
  const again: HTMLButtonElement = button(say("mail.lookNow"), () => void whileBusy(again, say("mail.looking"), look))

  visit.page.show({
    heading: say("mail.heading"),
    body: [
      paragraph(say("mail.intro")), top, letters, held, compose, state,
      actions(again, plan, decide, button(say("back"), () => void showStatus(visit, opened), "link")),
      filing.frozen ? frozenNote(visit, opened) : seenButton(visit, opened),
    ],
  })
  state.textContent = say(mail.isSent ? "mail.looked" : "mail.leaves")
  draw()
  keepLooking(visit, look)
}

function keepLooking({ page }: Visit, look: () => Promise<void>): void {
  const shown = page.whileShown
  const later = () => setTimeout(() => {
    if (!shown.aborted) void (document.hidden ? Promise.resolve() : look()).then(later)
  }, interval_ms)
  later()
}

/** Who has the case. To a name that its author has not seen yet, nothing is written. */
function topOf(room: Room, them: string, draw: () => void): Child[] {
  const { visit, opened, mail } = room
  const { counselor } = mail
  if (counselor === null) return [paragraph(say("mail.nobody"), "note")]
  if (mail.hasMet) {
    const plan = planNow(room)
    const number = numberWith(opened.author, room.filing.filingId, counselor)
    const isDue = plan.review_day !== null && plan.review_day <= edge.today()
    return [
      h("p", {}, say("mail.with"), " ", h("strong", {}, isolated(them))),
      number !== null && mailNumberView(number),
      plan.phrase === "" ? paragraph(say("mail.noPhrase"), "quiet small") : h("p", {}, say("mail.phrase"), " ", h("strong", {}, isolated(plan.phrase)), " ", say("mail.phraseUse")),
      isDue && h("div", { class: "note" }, paragraph(say("plan.due", { date: dateOf(plan.review_day ?? 0) }))),
    ]
  }
  const member = parseTeam(opened.author.keyset.roster)?.members.find((one) => one.signing === counselor)
  const isFirst = mail.letters.length === 0 && mail.held.length === 0
  return [h("section", { class: "sheet" },
    h("h2", {}, say(isFirst ? "mail.meet" : "mail.meetNew")),
    member !== undefined && memberView(member),
    paragraph(say(isFirst ? "mail.meetText" : "mail.meetNewText")),
    evenActions(
      button(say("mail.meetYes"), () => {
        mail.meet(counselor)
        draw()
        visit.page.announce(say("mail.met"))
      }),
      button(say("mail.meetNo"), () => void showStatus(visit, opened))))]
}

/** What was written and never left. Its writer sends it, or takes it out. */
function heldOf(room: Room, draw: () => void): Child[] {
  const { mail } = room
  if (mail.held.length === 0 || !mail.hasMet) return mail.held.length === 0 ? [] : [paragraph(say("mail.heldWait"), "note")]

  const failed = h("p", { class: "wrong", role: "alert" })
  return [h("h2", {}, say("mail.held")), paragraph(say("mail.heldText"), "quiet"), h("ul", { class: "plain" }, ...mail.held.map((one) => h("li", { class: "note care" },
    h("div", { class: "account", dir: "auto", translate: "no" }, one.text),
    actions(
      button(say("mail.heldSend"), () => {
        failed.textContent = mail.write(one.text, edge.today(), one.files) ? "" : say("mail.full")
        if (failed.textContent === "") mail.forget(one)
        draw()
      }),
      button(say("mail.forget"), () => {
        mail.forget(one)
        draw()
      }, "link"))))), failed]
}

function composing(room: Room, draw: () => void): HTMLElement {
  const { visit, opened, filing, mail, files } = room
  const words = textArea({
    label: say("mail.write"), hint: say("mail.writeHint"), long: true, value: room.text,
    onInput: (value) => {
      room.text = value
      hold(room)
    },
  })
  const send = submit(say("mail.send"))
  const block = h("div", {})
  const attachments = () => attaching(visit.page, files, storingFor(opened.author, filing.filingId), () => hold(room))
  const write = () => {
    const text = words.control.value
    if (text.trim() === "" && files.length === 0) return words.wrong(say("mail.empty"))
    if (text.length > longest) return words.wrong(say("mail.tooLong"))
    if (!mail.write(text, edge.today(), [...files])) return words.wrong(say("mail.full"))

    words.wrong(null)
    words.control.value = room.text = ""
    files.length = 0
    fill(block, attachments())
    visit.page.announce(say("mail.leaves"))
    draw()
  }
  fill(block, attachments())
  return form(write, words.block, block, actions(send))
}
