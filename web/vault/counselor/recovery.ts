import { h, isolated, paragraph } from "../dom.js"
import { actions, button, evenActions } from "../fields.js"
import { dateOf, say, told } from "../say.js"
import type { Asked, Recovery, TeamMember } from "../recovery-protocol.js"
import { sealedKey } from "./key-store.js"
import { act, alert, numberBlock } from "./team.js"
import type { DeskVisit } from "./visit.js"

/** What the team screen needs of it: who is on the team, and the caller's own signing key. */
interface Around {
  readonly members: readonly TeamMember[]
  readonly own: string
  readonly numberOf: (one: Asked) => string
}

/** Who says that they lost their key: to a colleague who has a part of it, and to its owner. */
export function askedSheets(visit: DeskVisit, { asked }: Recovery, { members, own, numberOf }: Around): HTMLElement[] {
  return asked.map((one) => {
    const wrong = alert()
    const name = members.find(({ signing }) => signing === one.owner)?.name ?? ""
    const give = button(say("desk.lost.give"), () => void act(visit, give, wrong, async (key) => (await import("../recovery-protocol.js")).give(key, one)), "main")
    const no = button(say("desk.team.turnDown"), () => void act(visit, no, wrong, async (key) => (await import("../recovery-protocol.js")).turnDownAsked(key, one)))
    const isOwn = one.owner === own
    return h("section", { class: "sheet" },
      h("h2", {}, isOwn ? say("desk.lost.yours") : say("desk.lost.asks")),
      h("p", { class: "what" }, isolated(name)),
      paragraph(say("desk.lost.askedOn", { date: dateOf(one.askedDay) }), "quiet small"),
      ...told(isOwn ? "desk.lost.yoursText" : one.given ? "desk.lost.gave" : "desk.lost.compare"),
      !isOwn && numberBlock(numberOf(one), say("desk.lost.number")),
      wrong,
      isOwn || one.given ? actions(no) : evenActions(give, no))
  })
}

/** The caller's own key: with whom it lies, or why it should. */
export function putBySheet(visit: DeskVisit, { holders, madeDay }: Recovery, { members }: Around, colleagues: readonly TeamMember[]): HTMLElement {
  const wrong = alert()
  const missing = colleagues.some(({ signing }) => !holders.includes(signing))
  const names = members.filter(({ signing }) => holders.includes(signing))
  const put = button(holders.length === 0 ? say("desk.lost.put") : say("desk.lost.putAgain"), () => void act(visit, put, wrong, async (key) => {
    const sealed = await sealedKey()
    return sealed === null ? "not-found" : (await import("../recovery-protocol.js")).keepWithColleagues(key, sealed)
  }), holders.length === 0 ? "main" : "plain")
  return h("section", { class: "sheet" },
    h("h2", {}, say("desk.lost.heading")),
    paragraph(say("desk.lost.text")),
    madeDay !== null && paragraph(say("desk.lost.lies", { date: dateOf(madeDay) })),
    madeDay !== null && h("ul", {}, ...names.map(({ name }) => h("li", {}, isolated(name)))),
    colleagues.length < 2 ? paragraph(say("desk.lost.tooFew")) : missing && actions(put),
    wrong)
}
