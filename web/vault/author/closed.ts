import { paragraph } from "../dom.js"
import { button, evenActions } from "../fields.js"
import { say } from "../say.js"
import { showBefore } from "./before.js"
import type { Visit } from "./visit.js"

/** After the right words: still nothing about anybody, until a second, deliberate press. */
export function showClosed(visit: Visit, open: () => void): void {
  visit.page.show({
    heading: say("closed.heading"),
    body: [
      paragraph(say("closed.text")),
      evenActions(button(say("closed.open"), open, "main"), button(say("status.close"), () => showBefore(visit))),
    ],
  })
}
