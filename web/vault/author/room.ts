import type { RoomName } from "../../core/record.js"
import { h, paragraph, type Child } from "../dom.js"
import { actions, button, choices, details, form, submit, textArea } from "../fields.js"
import { say, told } from "../say.js"
import { dateEntry } from "./date-entry.js"
import { episodeList } from "./episodes.js"
import { show } from "./flow.js"
import { answerState, setAnswer, setState } from "./record-draft.js"
import { fileList } from "./things.js"
import type { Visit } from "./visit.js"

type SideRoom = Exclude<RoomName, "words">

/** One room: its question, a reason for it, and the two answers that are always there. */
export function showRoom(visit: Visit, room: SideRoom): void {
  visit.page.show({
    heading: say(`room.${room}`),
    body: [
      ...told(`room.${room}.ask`),
      ...body(visit, room),
      form(() => void show(visit, "rooms"), noAnswer(visit, room),
        details(say("room.why"), paragraph(say(`room.${room}.why`))),
        actions(submit(say("room.done")), button(say("room.clear"), () => {
          setState(visit.draft, room, null)
          visit.store.save(visit.draft)
          showRoom(visit, room)
        }, "link"))),
    ],
  })
}

function body(visit: Visit, room: SideRoom): Child[] {
  const { record } = visit.draft
  if (room === "when") {
    return [
      dateEntry({
        label: say("room.when.label"), hint: say("room.when.hint"), value: record.when,
        onChange: (dated) => {
          record.when = dated
          visit.store.save(visit.draft)
        },
      }),
      details(say("write.help"), ...told("room.when.help")),
      ...episodeList(visit),
    ]
  }
  const words = textArea({
    label: say(`room.${room}.label`), value: textOf(visit, room), hint: room === "where" || room === "who" ? say(`room.${room}.hint`) : undefined,
    onInput: (text) => setText(visit, room, text),
  })
  return [room === "wants" && wants(visit), words.block, room === "things" && fileList(visit)]
}

/** What they know of the person is told once: it is in the contact part too, which a counselor gets at a match. */
function textOf({ draft }: Visit, room: SideRoom): string {
  return room === "who" ? draft.who : draft.record.rooms[room]?.text ?? ""
}

function setText({ draft }: Visit, room: SideRoom, text: string): void {
  if (room === "who") draft.who = text
  setAnswer(draft, room, text)
}

function noAnswer(visit: Visit, room: SideRoom): HTMLElement {
  return stateChoice(visit, room)
}

/** "I don't remember" and "I don't want to say" mean different things, and can be taken back. */
export function stateChoice(visit: Visit, room: RoomName): HTMLElement {
  const now = answerState(visit.draft, room)
  const boxes = (["not-remembered", "not-said"] as const).map((state) => {
    const box = h("input", { type: "checkbox", autocomplete: "off", checked: now === state })
    box.addEventListener("change", () => {
      for (const other of boxes) if (other.box !== box) other.box.checked = false
      setState(visit.draft, room, box.checked ? state : "answered")
      visit.store.save(visit.draft)
    })
    return { state, box }
  })
  return h("fieldset", { class: "stack" }, h("legend", { class: "unseen" }, say("room.or")),
    ...boxes.map(({ state, box }) => h("label", { class: "choice" }, box, h("span", { class: "what" }, say(`rooms.${state}`)))))
}

const wantNames = ["nothing", "know", "talk", "stops", "report", "other"] as const

function wants(visit: Visit): HTMLElement {
  const { record } = visit.draft
  return choices({
    legend: say("room.wants.label"), unseenLegend: true, type: "checkbox",
    of: wantNames.map((value) => ({ value, what: say(`room.wants.${value}`), checked: record.wants.includes(value) })),
    onChange: (chosen) => {
      record.wants = [...chosen]
      visit.store.save(visit.draft)
    },
  })
}
