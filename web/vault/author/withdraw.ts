import { h, paragraph } from "../dom.js"
import { button, evenActions, whileBusy } from "../fields.js"
import { directOf, type Opened, type OwnFiling } from "../later-protocol.js"
import { dateOf, refused, say } from "../say.js"
import { heldNote } from "./held.js"
import { showStatus } from "./status.js"
import type { Visit } from "./visit.js"

/** Taking it out, and what that can and cannot undo. Taking out, keeping and waiting are equally large. */
export function showWithdraw(visit: Visit, opened: Opened, filing: OwnFiling): void {
  const failed = h("p", { class: "wrong", role: "alert" })
  const yes = button(say("withdraw.yes"), () => void whileBusy(yes, say("withdraw.yes"), async () => {
    const { withdraw } = await import("../later-protocol.js")
    const answer = await withdraw(opened, filing)
    if ("failed" in answer) failed.textContent = answer.failed === "unreachable" ? say("status.failed") : refused(answer.failed)
    else void showStatus(visit, answer)
  }))
  const back = () => void showStatus(visit, opened)
  const stage = filing.released ? "released" : filing.state === "sealed" ? "sealed" : filing.read ? "opened" : "unread"
  const date = dateOf(Math.floor(Date.now() / 86_400_000) + opened.author.eraseAfterDays)
  visit.page.show({
    heading: say("withdraw.heading"),
    body: [
      h("div", { class: "note" },
        h("h2", {}, say("withdraw.what")),
        paragraph(say(`withdraw.${stage}`, { name: counselorName(opened, filing), date })),
        stage === "released" && paragraph(say("withdraw.outside")),
        stage !== "sealed" && directOf(opened) !== filing && paragraph(say("withdraw.other")),
        paragraph(say("withdraw.copy")),
        paragraph(say("withdraw.date"))),
      heldNote(opened, filing),
      evenActions(yes, button(say("withdraw.no"), back), stage !== "sealed" && button(say("withdraw.later"), back)),
      failed,
    ],
  })
}

/** Who has the case, by the name on the roster. */
export function counselorName({ author }: Opened, { counselor }: OwnFiling): string {
  const known = author.keyset.counselors.find((one) => Array.from(one.signing, (byte) => byte.toString(16).padStart(2, "0")).join("") === counselor)
  return known?.name ?? say("withdraw.someone")
}
