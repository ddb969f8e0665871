import { paragraph } from "../dom.js"
import { choices, form, stepActions } from "../fields.js"
import { say } from "../say.js"
import { showCards } from "./cards.js"
import { showEntry } from "./entry.js"
import { showName } from "./name.js"
import { stepOf, type Draft, type Visit } from "./visit.js"

const numbers = ["2", "3", "4", "5", "keep"] as const

export function showNumber(visit: Visit): void {
  const { draft, page } = visit
  const canMatch = draft.identifiers.length > 0
  if (!canMatch) draft.least = null
  const chosen = draft.least === null ? "keep" : String(draft.least)
  page.show({
    heading: say("number.heading"),
    step: stepOf("number"),
    body: [
      canMatch ? paragraph(say("number.ask")) : paragraph(say("number.onlyKeep"), "note"),
      form(
        () => (draft.least === null ? showEntry(visit) : showCards(visit)),
        choices({
          legend: say("number.heading"), unseenLegend: true, type: "radio",
          of: numbers.filter((value) => canMatch || value === "keep").map((value) => ({
            value, what: say(`number.${value}`), then: say(`number.${value}.then`),
            checked: value === chosen,
          })),
          onChange: ([value]) => (draft.least = value === "keep" ? null : (Number(value) as Draft["least"])),
        }),
        canMatch && paragraph(say("number.later"), "quiet small"),
        stepActions(() => showName(visit))),
    ],
  })
}
