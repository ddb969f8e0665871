import { h, paragraph } from "../dom.js"
import { actions, button } from "../fields.js"
import { say } from "../say.js"
import { showBefore } from "./before.js"
import { forward } from "./flow.js"
import type { Visit } from "./visit.js"

/** There is no reset. What still works without the words. */
export function showLost(visit: Visit): void {
  visit.page.show({
    heading: say("lost.heading"),
    door: true,
    body: [
      paragraph(say("lost.text")),
      h("ul", {}, ...(["match", "reach", "stop", "asked", "half", "device", "again"] as const).map((name) => h("li", {}, say(`lost.${name}`)))),
      actions(
        button(say("stop.have"), () => void import("./stop.js").then((next) => next.showStop(visit)), "main"),
        button(say("before.start"), () => void forward(visit, "before")),
        button(say("back"), () => showBefore(visit), "link")),
    ],
  })
}
