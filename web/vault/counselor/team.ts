import { fill, h, isolated, paragraph, type Child } from "../dom.js"
import { actions, button, evenActions, form, selectField, submit, whileBusy } from "../fields.js"
import { dateOf, refused, say } from "../say.js"
import { memberView } from "../team-view.js"
import type { DeskTeam, Proposal, TeamMember, TeamRole } from "../team-protocol.js"
import { showCases } from "./cases.js"
import { keepLooking, type DeskVisit } from "./visit.js"

/** Who is on the team, who asks to be let in, and what two people must agree on. */
export function showTeam(visit: DeskVisit): void {
  const view = h("div", { class: "stack" })
  const trouble = h("p", { class: "note care slim", role: "status", hidden: true })
  let drawn = ""
  visit.page.show({
    heading: say("desk.team.heading"),
    body: [paragraph(say("desk.team.intro")), trouble, view, actions(button(say("desk.case.back"), () => showCases(visit), "link"))],
  })

  keepLooking(visit, async () => {
    if (visit.key === null) return

    const [{ loadTeam, numberOf, ownKeys, differences }, { colleaguesOf, loadRecovery, numberOfAsked }, { askedSheets, putBySheet }] =
      await Promise.all([import("../team-protocol.js"), import("../recovery-protocol.js"), import("./recovery.js")])
    const [team, recovery] = await Promise.all([loadTeam(visit.key), loadRecovery(visit.key)])
    if ("failed" in team && team.failed === "counselor-unknown") return showCases(visit) // Taken off the team: the desk says so.

    trouble.hidden = !("failed" in team || "failed" in recovery)
    if ("failed" in team || "failed" in recovery) {
      trouble.textContent = say("desk.unreachable")
      return
    }
    // Only what changed is drawn again: what somebody compares must not jump.
    const now = JSON.stringify([team, recovery])
    if (now === drawn || view.contains(document.activeElement) && document.activeElement instanceof HTMLSelectElement) return

    drawn = now
    const own = (await ownKeys(visit.key)).signing
    const around = { members: team.now.members, own, numberOf: numberOfAsked }
    fill(view,
      ...askedSheets(visit, recovery, around),
      !team.registered.includes(own) && ownSheet(visit),
      ...team.proposals.map((one) => proposalSheet(visit, team, one, own, differences(team.now, one.team), numberOf)),
      ...team.candidates.filter((one) => !team.proposals.some((other) => other.team.members.some((member) => member.signing === one.signing)))
        .map((one) => candidateSheet(visit, team, one, numberOf(one))),
      h("section", { class: "sheet" }, h("h2", {}, say("desk.team.now")),
        team.now.changedDay > 0 && paragraph(say("team.changed", { date: dateOf(team.now.changedDay) }), "quiet small"),
        h("ul", { class: "plain members" }, ...team.now.members.map((one) => h("li", {}, memberView(one,
          h("p", { class: "quiet small" }, say("desk.team.number"), " ", digits(numberOf(one))),
          !team.registered.includes(one.signing) && h("p", { class: "small" }, say("desk.own.missing")),
          actions(
            one.signing === own && team.registered.includes(own) && button(say("desk.own.again"), () => openOwnNames(visit), "link"),
            button(say("desk.team.takeOff"), () => showTakeOff(visit, team, one), "link"))))))),
      putBySheet(visit, recovery, around, colleaguesOf(team.now.members, own)),
      inviteSheet(visit))
  })
}

/** Until they have named themselves. */
function ownSheet(visit: DeskVisit): HTMLElement {
  return h("section", { class: "sheet" }, h("h2", {}, say("desk.own.heading")), paragraph(say("desk.own.why")),
    actions(button(say("desk.own.tap"), () => openOwnNames(visit), "main")))
}

function openOwnNames(visit: DeskVisit): void {
  void import("./own-names.js").then((next) => next.showOwnNames(visit))
}

function proposalSheet(
  visit: DeskVisit, team: DeskTeam, proposal: Proposal, own: string,
  { came, left }: { readonly came: readonly TeamMember[], readonly left: readonly TeamMember[] }, numberOf: (one: TeamMember) => string,
): HTMLElement {
  const wrong = alert()
  const by = team.now.members.find((one) => one.signing === proposal.signers[0])?.name ?? ""
  const needed = Math.min(2, team.now.members.length) - proposal.signers.length
  const agree = button(say("desk.team.agree"), () => void act(visit, agree, wrong, async (key) => (await import("../team-protocol.js")).agree(key, proposal)), "main")
  const no = button(say("desk.team.turnDown"), () => void act(visit, no, wrong, async (key) => (await import("../team-protocol.js")).dismiss(key, proposal)))
  return h("section", { class: "sheet" },
    h("h2", {}, say("desk.team.proposal")),
    paragraph(say("desk.team.proposed", { name: by, date: dateOf(proposal.madeDay) }), "quiet small"),
    came.length > 0 && h("h3", {}, say("desk.team.comes")),
    ...came.map((one) => memberView(one, numberBlock(numberOf(one)))),
    left.length > 0 && h("h3", {}, say("desk.team.leaves")),
    ...left.map((one) => memberView(one)),
    needed <= 0 ? paragraph(say("desk.team.agreed")) : proposal.signers.includes(own) ? paragraph(say("desk.team.waits")) : came.length > 0 && paragraph(say("desk.team.compare")),
    wrong,
    needed > 0 && (proposal.signers.includes(own) ? actions(no) : evenActions(agree, no)))
}

function candidateSheet(visit: DeskVisit, team: DeskTeam, who: TeamMember, number: string): HTMLElement {
  const wrong = alert()
  const role = selectField({ label: say("desk.team.role"), value: "counselor" }, (["counselor", "ombuds", "coordinator", "admin"] as const).map((one) => [one, say(`team.role.${one}`)] as const))
  const propose = submit(say("desk.team.letIn"))
  const no = button(say("desk.team.turnDown"), () => void act(visit, no, wrong, async (key) => (await import("../team-protocol.js")).dismiss(key, who)))
  const send = () => void act(visit, propose, wrong, async (key) => (await import("../team-protocol.js")).letIn(key, team, who, role.control.value as TeamRole))
  return h("section", { class: "sheet" },
    h("h2", {}, say("desk.team.candidate")),
    h("div", {}, h("p", { class: "what" }, isolated(who.name)), who.organisation !== "" && h("p", { class: "small" }, isolated(who.organisation))),
    numberBlock(number),
    paragraph(say("desk.team.compare")),
    form(send, role.block, wrong, evenActions(propose, no)))
}

function showTakeOff(visit: DeskVisit, team: DeskTeam, who: TeamMember): void {
  const wrong = alert()
  const yes = button(say("desk.team.takeOffYes"), () => void act(visit, yes, wrong, async (key) => (await import("../team-protocol.js")).takeOff(key, team, who)))
  visit.page.show({
    heading: say("desk.team.takeOffHeading"),
    body: [memberView(who), paragraph(say("desk.team.takeOffText")), wrong, evenActions(yes, button(say("desk.team.takeOffNo"), () => showTeam(visit)))],
  })
}

/** A link that lets somebody ask; it lets nobody in. */
function inviteSheet(visit: DeskVisit): HTMLElement {
  const [wrong, shown] = [alert(), h("div", { class: "stack", role: "status" })]
  const make = button(say("desk.team.invite"), () => void whileBusy(make, say("desk.team.invite"), async () => {
    if (visit.key === null) return

    const code = await (await import("../team-protocol.js")).invite(visit.key)
    if (typeof code !== "string") wrong.textContent = refused(code.failed)
    else fill(shown, paragraph(say("desk.team.invited")), h("p", { class: "digits" }, h("bdi", { dir: "ltr", translate: "no" }, `${location.origin}/desk#${code}`)))
  }))
  return h("section", { class: "sheet" }, h("h2", {}, say("desk.team.inviteHeading")), paragraph(say("desk.team.inviteText")), actions(make), wrong, shown)
}

/** Does one thing, and looks at the team anew. */
export async function act(visit: DeskVisit, control: HTMLButtonElement, wrong: HTMLElement, run: (key: NonNullable<DeskVisit["key"]>) => Promise<string | null>): Promise<void> {
  await whileBusy(control, control.textContent ?? "", async () => {
    if (visit.key === null) return

    const failed = await run(visit.key)
    if (failed === null) showTeam(visit)
    else wrong.textContent = failed === "unreachable" ? say("entry.unreachable") : failed === "roster-unknown" ? say("desk.team.old") : refused(failed)
  })
}

export function numberBlock(number: string, whose = say("desk.team.number")): Child {
  return h("div", {}, h("p", { class: "quiet small" }, whose), h("p", { class: "digits" }, digits(number)))
}

function digits(number: string): HTMLElement {
  return h("bdi", { dir: "ltr", translate: "no" }, number)
}

export function alert(): HTMLElement {
  return h("p", { class: "wrong", role: "alert" })
}
