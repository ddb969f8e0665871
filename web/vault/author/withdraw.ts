import { h, paragraph } from "../dom.js"
import { button, evenActions, whileBusy } from "../fields.js"
import type { Opened, OwnFiling } from "../protocol.js"
import { refused, say } from "../say.js"
import { showStatus } from "./status.js"
import type { Visit } from "./visit.js"

/** Taking it out, and what that can and cannot undo. Taking out and keeping are equally large. */
export function showWithdraw(visit: Visit, opened: Opened, filing: OwnFiling): void {
  const failed = paragraph("", "wrong")
  failed.setAttribute("role", "alert")
  const yes = button(say("withdraw.yes"), () => void whileBusy(yes, say("withdraw.yes"), async () => {
    const { withdraw } = await import("../protocol.js")
    const answer = await withdraw(opened, filing)
    if ("failed" in answer) failed.textContent = answer.failed === "unreachable" ? say("status.failed") : refused(answer.failed)
    else void showStatus(visit, answer)
  }))
  const stage = filing.state === "released" ? "released" : filing.state === "sealed" ? "sealed" : "opened"
  visit.page.show({
    heading: say("withdraw.heading"),
    body: [
      h("div", { class: "note" },
        h("h2", {}, say("withdraw.what")),
        paragraph(say(`withdraw.${stage}`)),
        stage === "released" && paragraph(say("withdraw.outside")),
        paragraph(say("withdraw.copy"))),
      evenActions(yes, button(say("withdraw.no"), () => void showStatus(visit, opened))),
      failed,
    ],
  })
}
