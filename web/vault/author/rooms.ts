import { roomNames, type RoomName } from "../../core/record.js"
import { h, paragraph } from "../dom.js"
import { button, form, stepActions } from "../fields.js"
import { say } from "../say.js"
import { back, forward, stepOf } from "./flow.js"
import type { Draft, Visit } from "./visit.js"

/** Eight small rooms, in any order. None has to be entered. */
export function showRooms(visit: Visit): void {
  visit.page.show({
    heading: say("rooms.heading"),
    step: stepOf("rooms"),
    body: [
      paragraph(say("rooms.intro")),
      h("ul", { class: "rooms plain" }, ...roomNames.map((room) =>
        h("li", {},
          button(say(`room.${room}`), () => void showRoom(visit, room), "link"),
          h("span", { class: "quiet small" }, stateOf(visit.draft, room))))),
      paragraph(say("write.stop"), "quiet small"),
      form(() => void forward(visit, "rooms"), stepActions(() => void back(visit, "rooms"), say("rooms.next"))),
    ],
  })
}

async function showRoom(visit: Visit, room: RoomName): Promise<void> {
  if (room === "words") return void back(visit, "rooms")
  const { showRoom: show } = await import("./room.js")
  show(visit, room)
}

function stateOf({ record }: Draft, room: RoomName): string {
  const answer = record.rooms[room]
  const holds = (answer?.text.trim() ?? "") !== "" || (room === "when" && (record.when !== null || record.episodes.length > 0)) || (room === "things" && record.files.length > 0)
  if (holds) return say("rooms.something")
  return answer === undefined || answer.state === "answered" ? say("rooms.empty") : say(`rooms.${answer.state}`)
}
