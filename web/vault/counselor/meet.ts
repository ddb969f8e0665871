import type { OpenedCase } from "../desk-protocol.js"
import { h, paragraph, type Child } from "../dom.js"
import { actions, button, whileBusy } from "../fields.js"
import { refused, say, told } from "../say.js"
import type { DeskVisit } from "./visit.js"

/** The author of a case would like to meet the others. Whether these would too, no desk says. */
export function meetOf(visit: DeskVisit, card: OpenedCase, look: () => Promise<void>): Child {
  if (card.meet === null) return null

  const failed = h("p", { class: "wrong", role: "alert" })
  const spoken: HTMLButtonElement = button(say("desk.meet.done"), () => void whileBusy(spoken, say("desk.meet.done"), async () => {
    if (visit.key === null) return
    const { vouch } = await import("../desk-protocol.js")
    const answer = await vouch(visit.key, card)
    failed.textContent = answer === null ? "" : answer === "unreachable" ? say("desk.unreachable") : answer === "signature-invalid" ? say("desk.meet.foreign") : refused(answer)
    if (answer === null) await look()
  }))
  return h("section", { class: "note" },
    h("h2", {}, say("desk.meet.heading")),
    ...(card.meet.vouched ? [paragraph(say("desk.meet.said"))] : [...told("desk.meet.text"), failed, actions(spoken)]))
}
