import { h, paragraph } from "../dom.js"
import { actions, button, evenActions } from "../fields.js"
import { spoken } from "../language.js"
import { languageButtons } from "../language-menu.js"
import { say, told } from "../say.js"
import { MemoryStore } from "../store.js"
import { forward } from "./flow.js"
import { emptyDraft, type Visit } from "./visit.js"

/** The page before all others. It is the same for everyone, whoever was here before. */
export function showBefore(visit: Visit): void {
  visit.draft = emptyDraft()
  visit.receipt = null
  visit.entry = null
  visit.code = null
  visit.held = null
  visit.store = new MemoryStore()
  visit.page.warn(null)
  visit.page.show({
    heading: say("before.heading"),
    door: true,
    body: [
      languageButtons(),
      ...told("before.text"),
      evenActions(
        button(say("before.start"), () => void forward(visit, "before"), "main"),
        button(say("before.return"), () => void import("./return.js").then((next) => next.showReturn(visit))),
      ),
      actions(button(say("before.traces"), () => showTraces(visit), "link")),
    ],
  })
}

function showTraces(visit: Visit): void {
  const shift = h("input", { type: "checkbox", autocomplete: "off", checked: visit.leaving.shiftLeaves })
  shift.addEventListener("change", () => (visit.leaving.shiftLeaves = shift.checked))
  visit.page.show({
    heading: say("traces.heading"),
    door: true,
    body: [
      paragraph(say("traces.intro")),
      h("ul", {}, ...(["history", "network", "keyboard", "screen", "kept", "all"] as const)
        .map((name) => h("li", {}, say(`traces.${name}`)))),
      h("label", { class: "choice" }, shift, h("span", {},
        h("span", { class: "what" }, say("traces.shift")), h("span", { class: "then" }, say("traces.shiftHint")))),
      actions(
        button(say("back"), () => showBefore(visit), "main"),
        // It leaves this page: not from what somebody has begun to write.
        visit.draft.at === null && button(say("traces.stored"), () => location.replace(`/stored${/^en/.test(spoken()) ? "" : `-${spoken()}`}`), "link"),
        button(say("kit.tap"), () => void import("./paper-kit.js").then((next) => next.showPaperKit(visit, () => showTraces(visit))), "link"),
        button(say("erase.heading"), () => void import("./erase.js").then((next) => next.showErase(visit, () => showTraces(visit))), "link")),
    ],
  })
}
