import { roomNames, type RoomName } from "../../core/record.js"
import { h, paragraph } from "../dom.js"
import { actions, button, form, stepActions } from "../fields.js"
import { say } from "../say.js"
import { today } from "../today.js"
import { back, forward, stepOf } from "./flow.js"
import { accountOf } from "./record-draft.js"
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
      actions(
        !visit.store.kept && button(say("keep.heading"), () => void keep(visit), "link"),
        button(say("kit.tap"), () => void import("./paper-kit.js").then((next) => next.showPaperKit(visit, () => showRooms(visit))), "link"),
        button(say("export.tap"), () => void take(visit), "link")),
    ],
  })
}

async function showRoom(visit: Visit, room: RoomName): Promise<void> {
  if (room === "words") return void back(visit, "rooms")
  const { showRoom: show } = await import("./room.js")
  show(visit, room)
}

/** Who meant to keep nothing may find that they want to go on another day. */
async function keep(visit: Visit): Promise<void> {
  const { showKeep } = await import("./keep.js")
  showKeep(visit, { on: () => showRooms(visit), back: () => showRooms(visit) })
}

/** What is written so far, as a copy. It works without a network once the page has loaded its parts. */
async function take(visit: Visit): Promise<void> {
  const { showTake } = await import("../export/take.js")
  showTake(visit, { account: accountOf(visit.draft, today()), sealed: null }, () => showRooms(visit))
}

function stateOf({ record }: Draft, room: RoomName): string {
  const answer = record.rooms[room]
  const holds = (answer?.text.trim() ?? "") !== "" || (room === "when" && (record.when !== null || record.episodes.length > 0)) || (room === "things" && record.files.length > 0)
  if (holds) return say("rooms.something")
  return answer === undefined || answer.state === "answered" ? say("rooms.empty") : say(`rooms.${answer.state}`)
}
