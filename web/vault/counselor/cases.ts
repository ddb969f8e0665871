import { fill, h, paragraph } from "../dom.js"
import { actions, button } from "../fields.js"
import type { Case, Queue } from "../desk-protocol.js"
import { passkeysAreKnown } from "../prf.js"
import { dateOf, say } from "../say.js"
import { showCase } from "./case.js"
import { clockLine } from "./clocks.js"
import { deletionLine } from "./closing.js"
import { codeName } from "./code-name.js"
import { restButton } from "./rest.js"
import { showUnlock } from "./unlock.js"
import { keepLooking, type DeskVisit } from "./visit.js"

/** How often the queue looks for messages. */
const newsEvery_ms = 60_000

/** The cases of one counselor, by code-name: no text, no names, and nothing about anyone else's. */
export function showCases(visit: DeskVisit): void {
  const list = h("div", {})
  const trouble = h("p", { class: "note care slim", role: "status", hidden: true })
  const team = button(say("desk.team.tap"), () => void import("./team.js").then((next) => next.showTeam(visit)), "link")
  const limits = button(say("desk.limits.tap"), () => void import("./limits.js").then((next) => next.showLimits(visit)), "link")
  team.hidden = limits.hidden = true
  const enough = restButton(visit, null, () => {})
  enough.hidden = true
  let drawn = ""
  let queue: Queue | null = null
  let news_ms = 0
  // Only what changed is drawn again: a list that flickers takes the place away from who reads it.
  const draw = () => {
    const now = JSON.stringify([queue, ...visit.news])
    if (queue === null || now === drawn) return

    drawn = now
    const focused = document.activeElement?.getAttribute("data-case")
    fill(list, pauseLine(queue), queue.cases.length === 0 ? empty() : h("ul", { class: "plain" }, ...queue.cases.map((one) => row(visit, one))))
    if (focused) list.querySelector<HTMLElement>(`[data-case="${CSS.escape(focused)}"]`)?.focus()
  }
  visit.page.show({
    heading: say("desk.heading"),
    body: [trouble, list, actions(
      team, limits,
      passkeysAreKnown() && button(say("desk.lock.tap"), () => void import("./device-lock.js").then((next) => next.showDeviceLock(visit)), "link"),
      button(say("desk.hold.tap"), () => void import("./holds.js").then((next) => next.showHolds(visit)), "link"),
      button(say("desk.lock"), () => showUnlock(visit.end()), "link")),
    enough],
  })

  keepLooking(visit, async () => {
    if (visit.key === null) return

    const { listCases } = await import("../desk-protocol.js")
    const answer = await listCases(visit.key)
    trouble.hidden = !("failed" in answer)
    if ("failed" in answer) {
      const isOff = answer.failed === "counselor-unknown"
      trouble.hidden = team.hidden = limits.hidden = isOff
      if (isOff && drawn !== answer.failed) await sayNotYet(visit, list)
      if (isOff) drawn = answer.failed
      else trouble.textContent = say("desk.unreachable")
      return
    }
    team.hidden = limits.hidden = false
    enough.hidden = answer.cases.length === 0
    queue = answer
    draw()
    if (queue.isQuiet || Date.now() < news_ms) return

    news_ms = Date.now() + newsEvery_ms
    void lookForNews(visit, queue.cases).then(draw)
  })
}

/** Asks each mailbox, one after the other, in exchanges that look like any other. */
async function lookForNews(visit: DeskVisit, cases: readonly Case[]): Promise<void> {
  const { hasNews } = await import("./mail-protocol.js")
  for (const one of cases.filter(({ state, frozen }) => state !== "withdrawn" && !frozen)) {
    const answer = visit.key === null ? false : await hasNews(visit.key, one)
    if (answer === true) visit.news.add(one.caseId)
    else if (answer === false) visit.news.delete(one.caseId)
  }
}

/** Until two of the team have agreed: the digits that they compare. */
async function sayNotYet(visit: DeskVisit, list: HTMLElement): Promise<void> {
  if (visit.key === null) return

  const [{ numberOf, ownKeys }, { numberBlock }] = await Promise.all([import("../team-protocol.js"), import("./team.js")])
  fill(list, h("div", { class: "sheet" }, h("h2", {}, say("desk.notYet.heading")), paragraph(say("desk.notYet")), numberBlock(numberOf(await ownKeys(visit.key)), say("desk.notYet.number"))))
}

/** Why nothing new shows, while that is so. */
function pauseLine({ isQuiet, notBefore }: Queue): HTMLElement | false {
  return isQuiet ? paragraph(say("desk.limits.quiet"), "note slim") : notBefore !== null && paragraph(say("desk.limits.notBefore", { date: dateOf(notBefore) }), "note slim")
}

function empty(): HTMLElement {
  return h("div", { class: "sheet" }, h("h2", {}, say("desk.empty.heading")), paragraph(say("desk.empty.text")))
}

function row(visit: DeskVisit, one: Case): HTMLLIElement {
  return h("li", {},
    h("button", { type: "button", class: "case", "data-case": one.caseId, onclick: () => showCase(visit, one.caseId) },
      h("span", { class: "code" }, codeName(one.caseId)),
      h("span", { class: "state" }, say(one.frozen ? "desk.case.frozen" : `desk.case.${one.state}`)),
      visit.news.has(one.caseId) && h("strong", { class: "clock" }, say("desk.mail.news")),
      h("span", { class: "state" }, say("desk.case.opened", { date: dateOf(one.openedDay) })),
      one.restedDay !== null && h("strong", { class: "clock" }, say("desk.rest.row", { date: dateOf(one.restedDay) })),
      ...one.clocks.map(clockLine),
      deletionLine(one)))
}
