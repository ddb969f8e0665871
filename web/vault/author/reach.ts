import { h, paragraph } from "../dom.js"
import { form, stepActions, textArea, textField } from "../fields.js"
import { say } from "../say.js"
import { back, forward, stepOf } from "./flow.js"
import type { Visit } from "./visit.js"

export function showReach(visit: Visit): void {
  const { draft, page } = visit
  const callMe = textField({
    label: say("reach.name"), hint: say("reach.nameHint"), value: draft.callMe, onInput: (value) => (draft.callMe = value),
  })
  const how = textField({
    label: say("reach.how"), hint: say("reach.howHint"), value: draft.how, onInput: (value) => (draft.how = value),
  })
  const times = textField({
    label: say("reach.times"), hint: say("reach.timesHint"), value: draft.times, onInput: (value) => (draft.times = value),
  })
  const sayWhat = textArea({
    label: say("reach.say"), hint: say("reach.sayHint"), value: draft.sayWhat, onInput: (value) => (draft.sayWhat = value),
  })
  const plan = h("div", { class: "stack", hidden: draft.noContact }, how.block, times.block, sayWhat.block)
  const none = h("input", { type: "checkbox", autocomplete: "off", checked: draft.noContact })
  none.addEventListener("change", () => {
    draft.noContact = none.checked
    plan.hidden = none.checked
  })

  page.show({
    heading: say("reach.heading"),
    step: stepOf("reach"),
    body: [
      paragraph(say("reach.intro")),
      form(
        () => {
          if (!draft.noContact && draft.how.trim() === "") how.wrong(say("reach.missing"))
          else void forward(visit, "reach")
        },
        callMe.block,
        h("label", { class: "choice" }, none, h("span", { class: "what" }, say("reach.none"))),
        plan,
        stepActions(() => void back(visit, "reach"))),
    ],
  })
}
