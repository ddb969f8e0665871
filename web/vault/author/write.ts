import { h, paragraph } from "../dom.js"
import { details, form, stepActions, textArea } from "../fields.js"
import { say, told } from "../say.js"
import { back, forward, stepOf } from "./flow.js"
import { lookUpPlace } from "./place.js"
import type { Visit } from "./visit.js"

/** With the words in other parts of the package, an account still fits the largest size class. */
const longest_bytes = 900_000

export function showWrite(visit: Visit): void {
  const { draft, page } = visit
  const words = textArea({
    label: say("write.label"), long: true, value: draft.words, hint: say("write.held"),
    onInput: (value) => (draft.words = value),
  })
  const spelling = h("input", { type: "checkbox", autocomplete: "off" })
  spelling.addEventListener("change", () => (words.control.spellcheck = spelling.checked))

  const next = () => {
    const size = new TextEncoder().encode(draft.words).length
    if (draft.words.trim() === "") words.wrong(say("write.empty"))
    else if (size > longest_bytes) words.wrong(say("write.tooLong"))
    else void forward(visit, "write")
  }

  void lookUpPlace(visit)
  page.show({
    heading: say("write.heading"),
    step: stepOf("write"),
    body: [
      paragraph(say("write.intro")),
      form(next,
        words.block,
        details(say("write.help"),
          ...told("write.helpText"),
          h("label", { class: "choice" }, spelling, h("span", {},
            h("span", { class: "what" }, say("write.spelling")), h("span", { class: "then" }, say("write.spellingHint"))))),
        paragraph(say("write.stop"), "quiet small"),
        stepActions(() => void back(visit, "write"))),
    ],
  })
}
