import { identifierEntry } from "../author/identifier-entry.js"
import { fill, h, isolated, paragraph } from "../dom.js"
import { actions, button, whileBusy } from "../fields.js"
import { refused, say } from "../say.js"
import { showTeam } from "./team.js"
import type { DeskVisit } from "./visit.js"

/** Two evaluations a day with four each. */
const most = 8

/** Somebody of the team names themselves, so that no case about them is ever shown to them. Nothing of it is kept here. */
export function showOwnNames(visit: DeskVisit): void {
  const own: { readonly canonical: string, readonly words: string }[] = []
  const [named, adding] = [h("div", { class: "stack" }), h("div", { class: "stack" })]
  const wrong = h("p", { class: "wrong", role: "alert" })
  const done = button(say("desk.own.lock"), () => void whileBusy(done, say("desk.own.locking"), async () => {
    wrong.textContent = own.length === 0 ? say("desk.own.none") : ""
    if (own.length === 0 || visit.key === null) return

    const { register } = await import("../team-protocol.js")
    const failed = await register(visit.key, own.map((one) => one.canonical))
    if (failed === null) showTeam(visit)
    else wrong.textContent = failed === "unreachable" ? say("entry.unreachable") : failed === "quota-exhausted" ? say("desk.own.quota") : refused(failed)
  }), "main")
  const draw = () => {
    fill(named, own.length > 0 && h("h2", { tabindex: -1 }, say("desk.own.added")),
      own.length > 0 && h("ul", { class: "rows" }, ...own.map((one, i) => h("li", {}, isolated(one.words), button(say("remove"), () => {
        own.splice(i, 1)
        draw()
      }, "link")))))
    fill(adding, own.length >= most ? paragraph(say("desk.own.full"), "note") : identifierEntry((added) => {
      const fresh = added.filter((one) => !own.some((other) => other.canonical === one.canonical))
      if (fresh.length === 0) return say("name.twice")

      own.push(...fresh.slice(0, most - own.length))
      draw()
      named.querySelector("h2")?.focus()
      return null
    }))
  }
  draw()
  visit.page.show({
    heading: say("desk.own.heading"),
    body: [
      paragraph(say("desk.own.text")), paragraph(say("desk.own.all")), named, adding, wrong,
      actions(done, button(say("back"), () => showTeam(visit), "link")),
    ],
  })
}
