import { h, paragraph } from "../dom.js"
import { actions, button } from "../fields.js"
import { picture } from "../pictures.js"
import { dateOf, say } from "../say.js"
import { showBefore } from "./before.js"
import type { Visit } from "./visit.js"

export function showLocked(visit: Visit, day: number, kept: boolean): void {
  visit.page.show({
    heading: say("locked.heading"),
    body: [
      picture("box"),
      h("p", { class: "readback" }, h("time", { datetime: new Date(day * 86_400_000).toISOString().slice(0, 10) }, dateOf(day))),
      paragraph(say(kept ? "locked.keepText" : "locked.text")),
      paragraph(say("locked.next")),
      paragraph(say("locked.dateMeans"), "quiet"),
      !kept && paragraph(say("locked.wait"), "note"),
      actions(button(say("next"), () => void end(visit), "main")),
    ],
  })
}

/** Without a network the day simply ends. */
async function end(visit: Visit): Promise<void> {
  const next = await import("./ending.js").catch(() => null)
  if (next === null) showBefore(visit)
  else next.showEnding(visit)
}
