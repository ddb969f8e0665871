import { heldBy } from "../../core/hold.js"
import { h, paragraph, type Child } from "../dom.js"
import type { Opened, OwnFiling } from "../later-protocol.js"
import { dateOf, say } from "../say.js"

/** What two people keep, who they are, why, and what that changes for its author. */
export function heldNote({ author }: Opened, { hold, filingId, state }: OwnFiling): Child {
  if (hold === null) return null

  const held = heldBy(hold.first, hold.second, filingId, author.keyset)
  if (held === null) return paragraph(say("hold.unsigned"), "note care")

  const { hold: { reason, untilDay }, names: [first, second] } = held
  return h("div", { class: "note" },
    h("h3", {}, say("hold.heading", { date: dateOf(untilDay) })),
    paragraph(second === null ? say("hold.textOne", { first }) : say("hold.text", { first, second })),
    paragraph(say(`hold.reason.${reason}`)),
    paragraph(say(state === "withdrawn" ? "hold.taken" : "hold.still")))
}
