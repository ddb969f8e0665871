import { paragraph } from "../dom.js"
import { choices, form, stepActions } from "../fields.js"
import { say, type Key } from "../say.js"
import { back, forward, stepOf } from "./flow.js"
import type { Draft, Visit } from "./visit.js"

const questions = ["C3", "C4", "lost", "C5", "C10"] as const
const ofContact: readonly string[] = ["C4", "lost"]

/** What must be asked before locking, each apart from the others. No answer is chosen beforehand, and "no" is as large as "yes". */
export function showAgree(visit: Visit): void {
  const { draft, page } = visit
  const asked = questions.filter((one) => !(draft.noContact && ofContact.includes(one)))
  const wrong = paragraph("", "wrong")
  wrong.setAttribute("role", "alert")
  page.show({
    heading: say("agree.heading"),
    step: stepOf("agree"),
    body: [
      paragraph(say("agree.intro")),
      form(
        () => {
          if (asked.some((one) => draft.answers[one] === undefined)) wrong.textContent = say("agree.missing")
          else {
            take(draft)
            void forward(visit, "agree")
          }
        },
        ...asked.map((one) => choices({
          legend: say(`agree.${one}`), type: "radio",
          of: (["yes", "no"] as const).map((value) => ({ value, what: say(`agree.${one}.${value}` as Key), checked: draft.answers[one] === value })),
          onChange: ([value]) => {
            draft.answers = { ...draft.answers, [one]: value === "yes" ? "yes" : "no" }
            wrong.textContent = ""
          },
        })),
        wrong,
        stepActions(() => void back(visit, "agree"))),
    ],
  })
}

/** A "no" has its effect before anything is sent. */
function take(draft: Draft): void {
  if (draft.answers["C4"] === "no") draft.noContact = true
  if (draft.noContact) draft.answers = { ...draft.answers, C4: "no", lost: "no" }
  if (draft.answers["C3"] === "no") draft.least = null
}
