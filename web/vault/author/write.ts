import { h, paragraph } from "../dom.js"
import { details, form, stepActions, textArea } from "../fields.js"
import { say, told } from "../say.js"
import { back, forward, stepOf } from "./flow.js"
import { lookUpPlace } from "./place.js"
import { setAnswer } from "./record-draft.js"
import { stateChoice } from "./room.js"
import type { Visit } from "./visit.js"

/** With the words in other parts of the package, an account still fits the largest size class. */
const longest_bytes = 900_000

/** The first room, and the first thing that is asked: an empty page. */
export function showWrite(visit: Visit): void {
  const { draft, page } = visit
  const words = textArea({
    label: say("write.label"), long: true, value: draft.record.rooms.words?.text ?? "",
    hint: say(visit.store.kept ? "write.kept" : "write.held"),
    onInput: (value) => setAnswer(draft, "words", value),
  })
  const spelling = h("input", { type: "checkbox", autocomplete: "off" })
  spelling.addEventListener("change", () => (words.control.spellcheck = spelling.checked))

  const next = () => {
    const size = new TextEncoder().encode(words.control.value).length
    if (size > longest_bytes) words.wrong(say("write.tooLong"))
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
        stateChoice(visit, "words"),
        details(say("write.help"),
          ...told("write.helpText"),
          h("label", { class: "choice" }, spelling, h("span", {},
            h("span", { class: "what" }, say("write.spelling")), h("span", { class: "then" }, say("write.spellingHint"))))),
        paragraph(say("write.stop"), "quiet small"),
        stepActions(() => void back(visit, "write"))),
    ],
  })
}
