import { roomNames } from "../../core/record.js"
import { h } from "../dom.js"
import { actions, button } from "../fields.js"
import { printSheet } from "../printing.js"
import { say, told } from "../say.js"
import type { Visit } from "./visit.js"

/** The eight rooms with room to write, on one sheet of paper that says nothing of where it is from. */
export function showPaperKit(visit: Visit, back: () => void): void {
  visit.page.show({
    heading: say("kit.heading"),
    body: [
      ...told("kit.intro"),
      actions(button(say("receipt.print"), () => printSheet(), "main"), button(say("back"), back, "link")),
      h("div", { class: "kit prints" }, ...roomNames.map((room, i) => h("section", {},
        h("h2", {}, say("kit.room", { n: i + 1, room: say(`room.${room}`) })),
        h("div", { class: "small" }, told(room === "words" ? "write.intro" : `room.${room}.ask`)[0] ?? null)))),
    ],
  })
}
