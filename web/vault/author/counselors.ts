import { toHex } from "../../core/bytes.js"
import { isolated, paragraph } from "../dom.js"
import { actions, button, choices, form, stepActions } from "../fields.js"
import { say } from "../say.js"
import { back, forward, stepOf } from "./flow.js"
import { placeOrTryAgain } from "./place.js"
import type { Visit } from "./visit.js"

/** Who may open it after a match. Leaving one out is how someone close to the person named never gets to read. */
export async function showCounselors(visit: Visit): Promise<void> {
  const place = await placeOrTryAgain(visit, showCounselors)
  if (place === null) return

  const { draft, page } = visit
  const counselors = place.counselors.map((one) => ({ name: one.name, organisation: one.organisation, signing: toHex(one.signing) }))
  const wrong = paragraph("", "wrong")
  wrong.setAttribute("role", "alert")
  page.show({
    heading: say("counselors.heading"),
    step: stepOf("counselors"),
    body: place.closed || counselors.length === 0
      ? [
          paragraph(say("counselors.nobody"), "note"),
          actions(
            button(say("counselors.keep"), () => {
              draft.least = null
              void forward(visit, "counselors")
            }, "main"),
            button(say("back"), () => void back(visit, "counselors"), "link")),
        ]
      : [
          paragraph(say("counselors.intro")),
          form(
            () => {
              if (draft.leftOut.length < counselors.length) void forward(visit, "counselors")
              else wrong.textContent = say("counselors.none")
            },
            choices({
              legend: say("counselors.leaveOut"), type: "checkbox",
              of: counselors.map((one) => ({ value: one.signing, what: isolated(one.name), then: one.organisation, checked: !draft.leftOut.includes(one.signing) })),
              onChange: (ticked) => {
                draft.leftOut = counselors.map((one) => one.signing).filter((key) => !ticked.includes(key))
                wrong.textContent = ""
              },
            }),
            wrong,
            actions(button(say("counselors.all"), () => void import("./team.js").then((next) => next.showWholeTeam(visit, place)), "link")),
            stepActions(() => void back(visit, "counselors"))),
        ],
  })
}
