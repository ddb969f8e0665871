import { h, paragraph } from "../dom.js"
import { actions, button } from "../fields.js"
import { say } from "../say.js"

let shown: HTMLElement | null = null
let asks = false

/** Says above every screen that the organisation's sign-in is needed. It opens beside this page, so that what stands here stays. */
export function askToSignIn(): void {
  if (asks && shown?.isConnected === true) return

  show(paragraph(say("desk.signIn.text")), actions(door(), button(say("desk.signIn.done"), () => shown?.remove())))
  asks = true
}

/** Says why they came back without. */
export function sayWhyNot(search: string): void {
  if (search === "?not-let-in") show(paragraph(say("desk.signIn.refused")), actions(door()))
  if (search === "?not-reached") show(paragraph(say("desk.signIn.away")), actions(door()))
}

function door(): HTMLElement {
  return h("a", { href: "/v1/desk/sign-in", target: "_blank", rel: "noopener noreferrer" }, say("desk.signIn.link"))
}

function show(...parts: readonly HTMLElement[]): void {
  shown?.remove()
  asks = false
  shown = h("aside", { class: "mark", "aria-label": say("desk.signIn.about") }, h("div", { class: "note care slim", role: "status" }, ...parts))
  document.getElementById("view")?.before(shown)
}
