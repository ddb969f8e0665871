import { differences, parseTeam } from "../../core/team.js"
import { h, isolated, paragraph, type Child } from "../dom.js"
import { actions, button, whileBusy } from "../fields.js"
import { saw, type Opened } from "../later-protocol.js"
import type { Place } from "../protocol.js"
import { dateOf, refused, say } from "../say.js"
import { memberView } from "../team-view.js"
import type { Visit } from "./visit.js"

/** Everybody who could open or see anything: the team, and the key holders. */
export function showWholeTeam({ page }: Visit, place: Place): void {
  const team = parseTeam(place.roster)
  page.showAside({
    heading: say("team.heading"),
    body: [
      paragraph(say("team.intro")),
      team !== null && team.changedDay > 0 && paragraph(say("team.changed", { date: dateOf(team.changedDay) })),
      h("ul", { class: "plain members" }, ...(team?.members ?? []).map((one) => h("li", {}, memberView(one)))),
      h("h2", {}, say("team.keepers")),
      paragraph(say("team.keepersText", { n: place.quorum })),
      h("ul", {}, ...place.keepers.map((one) => h("li", {}, isolated(one.name)))),
      actions(button(say("back"), () => page.endAside(), "main")),
    ],
  })
}

/** Who came and who left since they last looked; nothing when it is the team that they know. */
export function teamNote(visit: Visit, opened: Opened, again: (now: Opened) => void): Child {
  const { keyset, box } = opened.author
  const [before, now] = [parseTeam(box.team), parseTeam(keyset.roster)]
  if (before === null || now === null || box.team === keyset.roster) return null

  const { came, left } = differences(before, now)
  const wrong = h("p", { class: "wrong", role: "alert" })
  const seen = button(say("team.seen"), () => void whileBusy(seen, say("team.seen"), async () => {
    const answer = await saw(opened)
    if ("failed" in answer) wrong.textContent = answer.failed === "unreachable" ? say("entry.unreachable") : refused(answer.failed)
    else again(answer)
  }))
  return h("section", { class: "sheet" },
    h("h2", {}, say("team.changed", { date: dateOf(now.changedDay) })),
    came.length > 0 && h("h3", {}, say("team.came")),
    ...came.map((one) => memberView(one)),
    left.length > 0 && h("h3", {}, say("team.left")),
    ...left.map((one) => memberView(one)),
    paragraph(say("team.changedText")),
    wrong,
    actions(seen, button(say("counselors.all"), () => showWholeTeam(visit, keyset), "link")))
}
