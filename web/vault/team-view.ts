import { h, isolated, type Child } from "./dom.js"
import { dateOf, say } from "./say.js"
import type { TeamMember } from "../core/team.js"
import { languageName } from "./language-name.js"

/** What a team says of one person. */
export function memberView(one: TeamMember, ...more: readonly Child[]): HTMLElement {
  return h("div", { class: "member" },
    h("p", { class: "what" }, isolated(one.name)),
    h("p", { class: "small" }, say(`team.role.${one.role}`)),
    one.organisation !== "" && h("p", { class: "small" }, isolated(one.organisation)),
    one.languages.length > 0 && h("p", { class: "quiet small" }, say("team.languages", { list: one.languages.map(languageName).join(", ") })),
    one.sinceDay > 0 && h("p", { class: "quiet small" }, say("team.since", { date: dateOf(one.sinceDay) })),
    ...more)
}
