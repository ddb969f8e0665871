import type { AddendumContent } from "../core/addenda.js"
import { h, paragraph } from "./dom.js"
import { dateOf, say } from "./say.js"

/** What was added later, each under its own date. `null` stands for one that cannot be read. */
export function addendaView(addenda: readonly (AddendumContent | null)[]): HTMLElement[] {
  return addenda.map((one) => one === null
    ? h("section", { class: "stack" }, paragraph(say("addenda.unreadable"), "note care"))
    : h("section", { class: "stack" },
        h("h3", {}, say(`addenda.${one.kind}`, { date: dateOf(one.sealed_day) })),
        h("div", { class: "account", dir: "auto", translate: "no" }, one.text)))
}
