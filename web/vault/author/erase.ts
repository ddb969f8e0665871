import { h, paragraph } from "../dom.js"
import { actions, button, evenActions, whileBusy } from "../fields.js"
import { say } from "../say.js"
import { showBefore } from "./before.js"
import type { Visit } from "./visit.js"

/** Takes everything off this device: two presses, and what stays elsewhere is said before. */
export function showErase(visit: Visit, back: () => void): void {
  const erase = button(say("erase.yes"), () => void whileBusy(erase, say("erase.doing"), async () => {
    const { eraseDevice } = await import("../device-protocol.js")
    await eraseDevice()
    showErased(visit)
  }))
  visit.page.show({
    heading: say("erase.heading"),
    body: [
      paragraph(say("erase.intro")),
      h("div", { class: "note" },
        h("h2", {}, say("erase.stays")),
        h("ul", {}, ...(["history", "sealed", "other", "files", "passkey"] as const).map((name) => h("li", {}, say(`erase.${name}`))))),
      evenActions(erase, button(say("erase.no"), back)),
    ],
  })
}

function showErased(visit: Visit): void {
  visit.page.show({
    heading: say("erase.doneHeading"),
    door: true,
    body: [paragraph(say("erase.done")), actions(button(say("unlock.toStart"), () => showBefore(visit), "main"))],
  })
}
