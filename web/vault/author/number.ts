import { paragraph } from "../dom.js"
import { choices, form, stepActions } from "../fields.js"
import { say } from "../say.js"
import { back, forward, stepOf } from "./flow.js"
import type { Draft, Visit } from "./visit.js"

const numbers = ["2", "3", "4", "5", "1", "keep"] as const

export function showNumber(visit: Visit): void {
  const { draft, page } = visit
  const canMatch = draft.identifiers.length > 0
  if (!canMatch && draft.least !== 1) draft.least = null
  const chosen = draft.least === null ? "keep" : String(draft.least)
  page.show({
    heading: say("number.heading"),
    step: stepOf("number"),
    body: [
      canMatch ? paragraph(say("number.ask")) : paragraph(say("number.onlyKeep"), "note"),
      form(
        () => void forward(visit, "number"),
        choices({
          legend: say("number.heading"), unseenLegend: true, type: "radio",
          of: numbers.filter((value) => canMatch || value === "1" || value === "keep").map((value) => ({
            value, what: say(`number.${value}`), then: say(`number.${value}.then`),
            checked: value === chosen,
          })),
          onChange: ([value]) => (draft.least = value === "keep" ? null : (Number(value) as Draft["least"])),
        }),
        canMatch && paragraph(say("number.later"), "quiet small"),
        stepActions(() => void back(visit, "number"))),
    ],
  })
}
