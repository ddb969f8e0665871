import { fill, h, isolated, paragraph } from "../dom.js"
import { button, details, form, stepActions, textArea } from "../fields.js"
import { say } from "../say.js"
import { back, forward, stepOf } from "./flow.js"
import { identifierEntry } from "./identifier-entry.js"
import { isMinor, type Visit } from "./visit.js"

/** An account is matched by four slips, so by four identifiers at most. */
const most = 4

export function showName(visit: Visit): void {
  const { draft, page } = visit
  const who = textArea({
    label: say("name.who"), hint: say("name.whoHint"), value: draft.who, onInput: (value) => (draft.who = value),
  })
  const notes = textArea({
    label: say("name.notesLabel"), hint: say("name.notesHint"), value: draft.notes, onInput: (value) => (draft.notes = value),
  })
  const before = h("input", { type: "checkbox", autocomplete: "off", checked: draft.namedBefore })
  before.addEventListener("change", () => (draft.namedBefore = before.checked))

  const named = h("div", { class: "stack" })
  const adding = h("div", { class: "stack" })
  const drawNamed = () => {
    fill(named, draft.identifiers.length > 0 && h("h3", { tabindex: -1 }, say("name.added")),
      draft.identifiers.length > 0 && h("ul", { class: "rows" }, ...draft.identifiers.map((one, i) =>
        h("li", {}, isolated(one.words), button(say("remove"), () => {
          draft.identifiers.splice(i, 1)
          page.announce(say("name.removed"))
          drawNamed()
          drawAdding()
        }, "link")))))
  }
  const drawAdding = () => fill(adding, draft.identifiers.length >= most
    ? paragraph(say("name.full"), "note")
    : identifierEntry((added) => {
        const fresh = added.filter((one) => !draft.identifiers.some((other) => other.canonical === one.canonical))
        if (fresh.length === 0) return say("name.twice")

        draft.identifiers.push(...fresh.slice(0, most - draft.identifiers.length))
        if (!isMinor(draft)) draft.least ??= 2
        drawNamed()
        drawAdding()
        named.querySelector("h3")?.focus()
        return null
      }))
  drawNamed()
  drawAdding()

  page.show({
    heading: say("name.heading"),
    step: stepOf("name"),
    body: [
      who.block,
      h("h2", {}, say("name.codes")),
      paragraph(say("name.codesIntro")),
      named,
      adding,
      form(
        () => void forward(visit, "name"),
        details(say("name.notes"), notes.block,
          h("label", { class: "choice" }, before, h("span", {},
            h("span", { class: "what" }, say("name.before")), h("span", { class: "then" }, say("name.beforeHint"))))),
        paragraph(say("name.none"), "quiet small"),
        stepActions(() => void back(visit, "name"))),
    ],
  })
}
