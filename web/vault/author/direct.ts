import type { ContactContent } from "../../core/author.js"
import { toHex } from "../../core/bytes.js"
import { h, isolated, paragraph, type Child } from "../dom.js"
import { actions, button, choices, form, stepActions, submit, whileBusy } from "../fields.js"
import { makeStopCode, sendNow, type Opened } from "../later-protocol.js"
import { printSheet } from "../printing.js"
import { dateOf, say, told } from "../say.js"
import { back, forward, stepOf } from "./flow.js"
import type { Place } from "../protocol.js"
import { placeOrTryAgain } from "./place.js"
import { sealInto } from "./seal.js"
import { showStatus } from "./status.js"
import type { Visit } from "./visit.js"

/** What somebody chooses who writes to a counselor at once: who may have it, and whether they may read the account before they have talked. */
interface Choice {
  leftOut: string[]
  mayRead: "yes" | "no" | undefined
}

/** On the way of a new account, in the place of what is asked before a match. */
export async function showNow(visit: Visit): Promise<void> {
  const place = await placeOrTryAgain(visit, showNow)
  if (place === null) return

  const { draft, page } = visit
  const choice: Choice = { leftOut: draft.leftOut, mayRead: draft.answers["direct"] }
  const heading = say("now.heading")
  if (place.counselors.length === 0) {
    return page.show({ heading, step: stepOf("counselors"), body: [paragraph(say("now.nobody"), "note"), stepActions(() => void back(visit, "counselors"), say("counselors.keep"))] })
  }
  page.show({
    heading,
    step: stepOf("counselors"),
    body: question(place, choice, draft.noContact && "now.noContact", stepActions(() => void back(visit, "counselors")), (mayRead) => {
      draft.leftOut = choice.leftOut
      draft.answers = { ...draft.answers, direct: mayRead }
      void forward(visit, "counselors")
    }),
  })
}

/** For an account that is kept, or waits for a match: the same account, with its date, goes to a counselor too. */
export async function showSendNow(visit: Visit, opened: Opened): Promise<void> {
  const place = await placeOrTryAgain(visit, () => showSendNow(visit, opened))
  if (place === null) return

  const home = button(say("back"), () => void showStatus(visit, opened), "link")
  const heading = say("now.heading")
  if (place.counselors.length === 0) return visit.page.show({ heading, body: [paragraph(say("now.nobody"), "note"), actions(home)] })

  const send = submit(say("now.send"))
  const failed = h("p", { class: "wrong", role: "alert" })
  visit.page.show({
    heading,
    body: [
      ...question(place, { leftOut: [], mayRead: undefined }, opened.account?.contact.no_contact === true && "now.noContactKept", actions(send, home), (mayRead, leftOut) => void whileBusy(send, say("now.sending"), async () => {
        const stopCode = opened.author.box.stop === undefined ? makeStopCode() : null
        const unfinished = await sendNow(opened, place.counselors.map((one) => toHex(one.signing)).filter((key) => !leftOut.includes(key)), mayRead, stopCode)
        if ("failed" in unfinished) failed.textContent = say("status.failed")
        else if (stopCode === null) showSending(visit, opened, place, unfinished)
        else showCode(visit, stopCode, () => showSending(visit, opened, place, unfinished))
      })),
      failed,
    ],
  })
}

/** Who only kept an account had nothing to stop until now. */
function showCode(visit: Visit, stopCode: string, next: () => void): void {
  visit.page.show({
    heading: say("stop.heading"),
    body: [
      paragraph(say("stop.intro")),
      h("div", { class: "sheet prints" }, h("p", { class: "code-sheet" }, isolated(stopCode))),
      paragraph(say("stop.keep")),
      actions(button(say("stop.next"), next, "main"), button(say("receipt.print"), () => printSheet())),
    ],
  })
}

function showSending(visit: Visit, opened: Opened, place: Place, unfinished: NonNullable<Opened["unfinished"]>): void {
  const block = h("div", { class: "stack" })
  visit.page.show({ heading: say("seal.heading"), body: [...told("seal.intro"), block] })
  void sealInto(block, visit, place, unfinished, (day) => showSent(visit, day, unfinished.account.contact, async () => {
    const { refresh } = await import("../later-protocol.js")
    const now = await refresh(opened.author)
    await showStatus(visit, "failed" in now ? opened : now)
  }))
}

/** It is with a counselor. @param next - Where the way goes from here. */
export function showSent(visit: Visit, day: number, { no_contact }: ContactContent, next: () => unknown): void {
  visit.page.show({
    heading: say("now.sent.heading"),
    body: [
      h("p", { class: "readback" }, h("time", { datetime: new Date(day * 86_400_000).toISOString().slice(0, 10) }, dateOf(day))),
      paragraph(say(no_contact ? "now.sent.silent" : "now.sent")),
      paragraph(say("locked.dateMeans"), "quiet"),
      actions(button(say("next"), () => void next(), "main")),
    ],
  })
}

function question(place: Place, choice: Choice, warning: "now.noContact" | "now.noContactKept" | false, buttons: HTMLElement, done: (mayRead: "yes" | "no", leftOut: string[]) => void): Child[] {
  const counselors = place.counselors.map((one) => ({ name: one.name, signing: toHex(one.signing) }))
  const wrong = h("p", { class: "wrong", role: "alert" })
  return [
    ...told("now.intro"),
    warning !== false && paragraph(say(warning), "note care"),
    form(
      () => {
        if (choice.leftOut.length >= counselors.length) wrong.textContent = say("counselors.none")
        else if (choice.mayRead === undefined) wrong.textContent = say("now.missing")
        else done(choice.mayRead, choice.leftOut)
      },
      choices({
        legend: say("counselors.leaveOut"), type: "checkbox",
        of: counselors.map((one) => ({ value: one.signing, what: isolated(one.name), checked: !choice.leftOut.includes(one.signing) })),
        onChange: (ticked) => {
          choice.leftOut = counselors.map((one) => one.signing).filter((key) => !ticked.includes(key))
          wrong.textContent = ""
        },
      }),
      choices({
        legend: say("now.read"), type: "radio",
        of: (["yes", "no"] as const).map((value) => ({ value, what: say(`now.read.${value}`), then: say(`now.read.${value}.then`), checked: choice.mayRead === value })),
        onChange: ([value]) => {
          choice.mayRead = value === "yes" ? "yes" : "no"
          wrong.textContent = ""
        },
      }),
      paragraph(say("now.limits"), "note"),
      wrong,
      buttons),
  ]
}
