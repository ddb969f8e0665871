import type { Case } from "../desk-protocol.js"
import { h, paragraph, type Child } from "../dom.js"
import { actions, button, choices, details, whileBusy } from "../fields.js"
import { refused, say, told } from "../say.js"
import { momentOf } from "../when.js"
import type { DeskVisit } from "./visit.js"

const points = ["way", "phrase", "told"] as const

/** Somebody lost their words and asks a counselor to stop contact: asked for in the way of their plan, with its phrase, and done 72 hours later. */
export function askedStop(visit: DeskVisit, card: Case, look: () => Promise<void>): Child {
  const failed = h("p", { class: "wrong", role: "alert" })
  const act = (label: string, stops: boolean) => {
    const press: HTMLButtonElement = button(label, () => void whileBusy(press, label, async () => {
      if (visit.key === null) return
      const { askStop } = await import("../desk-protocol.js")
      const answer = await askStop(visit.key, card, stops)
      failed.textContent = answer === null ? "" : answer === "unreachable" ? say("desk.unreachable") : refused(answer)
      if (answer === null) await look()
    }))
    return press
  }
  if (card.stopAt_s !== null) {
    return h("section", { class: "note care" },
      h("h2", {}, say("desk.stop.heading", { time: momentOf(card.stopAt_s * 1000) })), ...told("desk.stop.asked"), failed, actions(act(say("desk.stop.back"), false)))
  }
  const ask = act(say("desk.stop.ask"), true)
  ask.disabled = true
  const made = choices({
    legend: say("desk.stop.points"), type: "checkbox", of: points.map((point) => ({ value: point, what: say(`desk.stop.${point}`) })),
    onChange: (now) => { ask.disabled = now.length < points.length },
  })
  return details(say("desk.stop.open"), ...told("desk.stop.text"), made, failed, actions(ask))
}
