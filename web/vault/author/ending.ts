import { h, paragraph } from "../dom.js"
import { actions, button } from "../fields.js"
import { say } from "../say.js"
import { showBefore } from "./before.js"
import { isMinor, type Visit } from "./visit.js"

/** The last screen of a day's work: quiet, and with something that can be done now that is not waiting. */
export function showEnding(visit: Visit): void {
  const young = isMinor(visit.draft)
  visit.page.show({
    heading: say("ending.heading"),
    body: [
      paragraph(say("ending.text")),
      h("ol", {}, ...(["paper", "rest", "talk"] as const).map((name) => h("li", {}, say(`ending.${name}`)))),
      paragraph(say("ending.enough"), "quiet"),
      actions(
        button(say("help.heading"), () => void import("../help.js").then((next) => next.showHelp(visit.page, young))),
        button(say("locked.done"), () => showBefore(visit), "main")),
    ],
  })
}
