import { fill, h, paragraph, type Child } from "../dom.js"
import { actions, button, evenActions, whileBusy } from "../fields.js"
import { directOf, living, type Opened, type OwnFiling } from "../later-protocol.js"
import { dateOf, refused, say, told } from "../say.js"
import { today } from "../today.js"
import { showBefore } from "./before.js"
import { placeOrTryAgain } from "./place.js"
import { sealInto } from "./seal.js"
import { showOwn } from "./own.js"
import type { Visit } from "./visit.js"
import { keysNote, logNote } from "./keys.js"
import { heldNote } from "./held.js"
import { frozenNote, seenButton, stopNote } from "./seen.js"
import { teamNote } from "./team.js"
import { counselorName, showWithdraw } from "./withdraw.js"

export async function showStatus(visit: Visit, opened: Opened): Promise<void> {
  const place = await placeOrTryAgain(visit, () => showStatus(visit, opened))
  if (place === null) return

  const { unfinished } = opened
  const stopAt_s = living(opened).map((filing) => filing.stopAt_s).find((at_s) => at_s !== null)
  const goingOn = h("div", { class: "stack" })
  visit.page.show({
    heading: say("status.heading"),
    body: [
      teamNote(visit, opened, (now) => void showStatus(visit, now)),
      keysNote(opened, (now) => void showStatus(visit, now)),
      stopAt_s !== undefined && stopNote(visit, opened, stopAt_s),
      living(opened).some((filing) => filing.frozen) ? frozenNote(visit, opened) : living(opened).length > 0 && seenButton(visit, opened),
      ...shownOf(opened).map((filing) => filingSheet(visit, opened, filing)),
      unfinished !== null && h("section", { class: "sheet" }, h("h2", {}, say("status.unfinished.heading")), goingOn),
      opened.account !== null && opened.filings.length === 0 && unfinished === null && keptSheet(),
      opened.account === null && opened.filings.length === 0 && paragraph(say("status.nothing")),
      opened.account !== null && actions(
        unfinished === null && directOf(opened) === undefined && button(say("now.heading"), () => void import("./direct.js").then((next) => next.showSendNow(visit, opened))),
        button(say("consents.tap"), () => void import("./consents.js").then((next) => next.showConsents(visit, opened))),
        button(say("remind.tap"), () => void import("./reminder.js").then((next) => next.showReminder(visit, opened))),
        living(opened).length > 0 && notesButton(visit, opened),
        canBeCorrected(opened) && button(say("rename.tap"), () => void import("./rename.js").then((next) => opened.account && next.showRename(visit, opened, opened.account)))),
      logNote(opened, () => void showStatus(visit, opened)),
      actions(
        opened.account !== null && button(say("status.read"), () => void showOwn(visit, opened, (now) => void showStatus(visit, now))),
        button(say("status.close"), () => showBefore(visit), "link")),
    ],
  })
  // What could not be finished last time goes on by itself.
  if (unfinished !== null) {
    void sealInto(goingOn, visit, place, unfinished, () => void reload(visit, opened))
  }
}

/** How many notes of others wait; or the way to ask for one. */
function notesButton(visit: Visit, opened: Opened): HTMLButtonElement {
  const n = Math.max(...opened.filings.map(({ notes }) => notes))
  return button(n > 0 ? say("note.waiting", { n }) : say("note.tap"), () => void import("./note-box.js").then((next) => next.showNotes(visit, opened)))
}

async function reload(visit: Visit, opened: Opened): Promise<void> {
  const { refresh } = await import("../later-protocol.js")
  const answer = await refresh(opened.author)
  if (!("failed" in answer)) void showStatus(visit, answer)
}

/** What was only replaced, to correct whom it named, is not told as taken out. */
function shownOf({ author, filings }: Opened): readonly OwnFiling[] {
  return filings.filter((filing) => !(filing.state === "withdrawn" && author.box.accounts.some((account) => account.replaces === filing.filingId)))
}

/** As long as nobody has seen whom they named. */
function canBeCorrected({ account, filings, unfinished }: Opened): boolean {
  return unfinished === null && filings.some((filing) => filing.filingId === account?.filing_id && filing.state === "sealed")
}

function filingSheet(visit: Visit, opened: Opened, filing: OwnFiling): HTMLElement {
  const own = opened.author.box.accounts.find((account) => account.filing_id === filing.filingId)
  const isDirect = own?.least_number === 1
  const { state } = filing
  const isWaiting = isDirect && filing.waits
  const texts = isWaiting ? "status.waits" as const : isDirect && (state === "opened" || state === "consented" || state === "released") ? `status.direct.${state}` as const : `status.${state}` as const
  return h("section", { class: "sheet" },
    h("h2", {}, say(filing.changed ? "status.changed.heading" : `${texts}.heading`)),
    ...told(filing.changed ? "status.changed" : own?.contact.no_contact === true && isOpened(texts) ? `${texts}.quiet` : texts, { name: counselorName(opened, filing) }),
    ...(filing.waits && !isWaiting ? told("status.waits") : []),
    ...(filing.state === "withdrawn" ? afterWithdrawal(opened, filing) : []),
    heldNote(opened, filing),
    (filing.released || filing.readings.length > 0) && whoOpened(opened, filing),
    ...(filing.closedDay === null ? [] : beforeDeletion(filing)),
    filing.handover !== null && handover(visit, opened, filing),
    filing.state === "opened" && !filing.changed && consentQuestion(visit, opened, filing, isDirect),
    filing.counselor !== null && filing.state !== "withdrawn" && actions(button(say("mail.tap"), () => void import("./mailbox.js").then((next) => next.showMailbox(visit, opened, filing)))),
    filing.meet !== null && h("div", { class: "stack" },
      isAnswered(filing.meet) && paragraph(say("meet.waits"), "note"),
      actions(button(say("meet.tap"), () => void import("./meet.js").then((next) => next.showMeet(visit, opened, filing))))),
    paragraph(say("status.filed", { date: dateOf(own?.account.sealed_day ?? filing.filedDay) }), "quiet small"),
    filing.joinedDay !== null && paragraph(say("status.joinedDay", { date: dateOf(filing.joinedDay) }), "quiet small"),
    ...(own?.corrected_days ?? []).map((day) => paragraph(say("rename.corrected", { date: dateOf(day) }), "quiet small")),
    filing.state !== "withdrawn" && actions(
      filing.state === "joined" && own !== undefined &&
        button(say("status.joined.again"), () => void import("./rename.js").then((next) => next.showChanging(visit, opened, own, own.contact.identifiers))),
      button(say("status.withdraw"), () => showWithdraw(visit, opened, filing), "link")))
}

function isAnswered({ with: others }: Readonly<Record<string, unknown>>): boolean {
  return Array.isArray(others) && others.length > 0
}

/** Filled once it is loaded: most have nothing to show here. */
function whoOpened(opened: Opened, filing: OwnFiling): HTMLElement {
  const block = h("section", { class: "stack" })
  void import("./readings.js").then(({ readingsOf }) => fill(block, ...readingsOf(opened, filing)))
  return block
}

/** Likewise: somebody else who would have their case. */
function handover(visit: Visit, opened: Opened, filing: OwnFiling): HTMLElement {
  const block = h("div", {})
  void import("./handover.js").then((next) => fill(block, ...next.handoverOf(opened, filing, (now) => void showStatus(visit, now))))
  return block
}

/** Who wants no contact is not told that they can be reached. */
function isOpened(texts: string): texts is "status.opened" | "status.direct.opened" {
  return texts === "status.opened" || texts === "status.direct.opened"
}

/** It has ended: what is deleted when. What is near stands out. */
function beforeDeletion({ deleteDay, mailDeleteDay }: OwnFiling): Child[] {
  const lines = [say("status.closed"), deleteDay !== null && say("status.closedDay", { date: dateOf(deleteDay) }),
    mailDeleteDay !== null && mailDeleteDay !== deleteDay && say("status.closedMail", { date: dateOf(mailDeleteDay) })].filter((line) => line !== false)
  const isNear = [deleteDay, mailDeleteDay].some((day) => day !== null && day >= today() && day - today() <= 30)
  return [h("div", { class: isNear ? "note care" : "note" }, ...lines.map((line) => paragraph(line)))]
}

/** What is still known after a withdrawal, by whom, and until when. */
function afterWithdrawal(opened: Opened, filing: OwnFiling): Child[] {
  if (filing.eraseDay === null) return []
  const known = paragraph(say("status.withdrawnKnown", { date: dateOf(filing.eraseDay) }))
  if (filing.released) {
    return [paragraph(say("status.withdrawnRead")), paragraph(say("status.withdrawnWho", { name: counselorName(opened, filing) })), known]
  }
  return filing.read ? [known] : [paragraph(say("status.withdrawnUnread"))]
}

/** Yes and no are equally large, and neither is chosen beforehand. */
function consentQuestion(visit: Visit, opened: Opened, filing: OwnFiling, isDirect: boolean): HTMLElement {
  const block = h("div", { class: "stack" })
  const failed = paragraph("", "wrong")
  failed.setAttribute("role", "alert")
  const yes = button(say("status.consentYes"), () => void whileBusy(yes, say("status.consentYes"), async () => {
    const { setReading } = await import("../later-protocol.js")
    const answer = await (isDirect ? setReading(opened, true, [filing], "direct") : setReading(opened, true))
    if ("failed" in answer) failed.textContent = answer.failed === "unreachable" ? say("status.failed") : refused(answer.failed)
    else void showStatus(visit, answer)
  }))
  const no = button(say("status.consentNo"), () => fill(block, paragraph(say("status.consentLeft"))))
  fill(block,
    h("h3", {}, say("status.consentAsk")), paragraph(say("status.consentHint"), "quiet small"), evenActions(yes, no), failed)
  return block
}

function keptSheet(): Child {
  return h("section", { class: "sheet" }, h("h2", {}, say("status.kept.heading")), ...told("status.kept"))
}
