import { h, isolated, paragraph } from "./dom.js"
import { details } from "./fields.js"
import { say } from "./say.js"

/** The digits that both sides of a mailbox can compare. */
export function mailNumberView(number: string): HTMLElement {
  return details(say("mail.number.tap"), paragraph(say("mail.number.text"), "small"), h("p", { class: "digits" }, isolated(number)))
}
