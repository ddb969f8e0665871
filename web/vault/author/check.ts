import { fill, h, paragraph } from "../dom.js"
import { choices, form, stepActions } from "../fields.js"
import { say, told, type Key } from "../say.js"
import { forward, stepOf } from "./flow.js"
import type { Visit } from "./visit.js"

/** Two questions about what the cards said. Any answer, and none, goes on: they ask whether we said it well. */
const questions = {
  read: { answers: ["nothing", "account", "name"], right: "nothing" },
  clock: { answers: ["on", "stop", "unsure"], right: "on" },
} as const

export function showCheck(visit: Visit, back: () => void): void {
  visit.page.show({
    heading: say("check.heading"),
    step: stepOf("cards"),
    body: [
      paragraph(say("check.intro")),
      form(() => void forward(visit, "cards"), question("read"), question("clock"), stepActions(back)),
    ],
  })
}

function question(name: keyof typeof questions): HTMLElement {
  const { answers, right } = questions[name]
  const answer = h("div", { "aria-live": "polite" })
  return h("div", { class: "stack" },
    choices({
      legend: say(`check.${name}`), type: "radio",
      of: answers.map((value) => ({ value, what: say(`check.${name}.${value}` as Key) })),
      onChange: ([value]) => fill(answer, h("div", { class: "note" }, ...told(`check.${name}.${value === right ? "right" : "gently"}`))),
    }),
    answer)
}
