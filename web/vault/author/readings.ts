import { doors } from "../../core/doors.js"
import { parseTeam, teamRoles } from "../../core/team.js"
import { h, paragraph, type Child } from "../dom.js"
import type { Opened, OwnFiling } from "../later-protocol.js"
import { dateOf, say } from "../say.js"

/** Who opened which part of an account, in which role, on which day and by which yes. */
export function readingsOf(opened: Opened, { readings }: OwnFiling): Child[] {
  const visits = new Map<string, number[]>()
  for (const { day, counselor, role, room } of readings) {
    const visit = `${day} ${counselor} ${role}`
    visits.set(visit, [...visits.get(visit) ?? [], room])
  }
  return [
    h("h3", {}, say("readings.heading")),
    visits.size === 0 ? paragraph(say("readings.none")) : h("ul", {}, ...Array.from(visits, ([visit, rooms]) => {
      const [day, counselor, role] = visit.split(" ")
      return h("li", {},
        h("p", {}, say("readings.line", { date: dateOf(Number(day)), name: nameOf(opened, counselor ?? ""), rooms: rooms.map(roomOf).join(" · ") })),
        paragraph(roleOf(role), "quiet small"))
    })),
    visits.size > 0 && paragraph(say("readings.purpose"), "quiet small"),
    paragraph(say("readings.limit"), "quiet small"),
  ]
}

function nameOf({ author }: Opened, key: string): string {
  const teams = [author.keyset.roster, author.box.team].map((roster) => parseTeam(roster)?.members ?? [])
  return teams.flat().find((one) => one.signing === key)?.name ?? say("readings.former")
}

function roomOf(room: number): string {
  const door = doors[room]
  return door === undefined ? "" : say(door === "files" || door === "added" ? `readings.${door}` : `room.${door}`)
}

function roleOf(role: string | undefined): string {
  const known = teamRoles.find((one) => one === role)
  return known === undefined ? "" : say(`team.role.${known}`)
}
