import { extractOf, passageKey, type Extract, type Part } from "../../core/extract.js"
import type { RoomName } from "../../core/record.js"
import { h, paragraph } from "../dom.js"
import { actions, button, choices, form, stepActions } from "../fields.js"
import { say, told } from "../say.js"
import type { Visit } from "../author/visit.js"
import { extractData, extractPdf, type Original, type Recipient } from "./copies.js"
import { partsOf } from "./parts.js"
import { saving, saying, showWhere } from "./take.js"

const recipients: readonly Recipient[] = ["lawyer", "doctor", "police", "employer", "other"]

interface Chosen {
  recipient: Recipient | null
  rooms: ReadonlySet<RoomName>
  black: Set<string>
}

/** Who it is for, and which parts go in. Nothing is chosen beforehand. */
export function showShare(visit: Visit, original: Original, back: () => void, chosen: Chosen = { recipient: null, rooms: new Set(), black: new Set() }): void {
  const parts = partsOf(original.account)
  const wrong = paragraph("", "wrong")
  wrong.setAttribute("role", "alert")
  const go = () => {
    const { recipient } = chosen
    if (recipient === null || chosen.rooms.size === 0) wrong.textContent = say("export.choose")
    else showPassages(visit, original, parts, chosen, recipient, back)
  }
  visit.page.show({
    heading: say("export.share"),
    body: [
      form(go,
        choices({
          legend: say("export.for"), type: "radio", of: recipients.map((value) => ({ value, what: say(`export.for.${value}`), checked: value === chosen.recipient })),
          onChange: ([value]) => (chosen.recipient = value as Recipient),
        }),
        choices({
          legend: say("export.rooms"), type: "checkbox", of: parts.map(({ room }) => ({ value: room, what: say(`room.${room}`), checked: chosen.rooms.has(room) })),
          onChange: (values) => (chosen.rooms = new Set(values as RoomName[])),
        }),
        wrong,
        stepActions(back)),
    ],
  })
}

/** Each sentence of the chosen parts can be blacked out. */
function showPassages(visit: Visit, original: Original, parts: readonly Part[], chosen: Chosen, recipient: Recipient, back: () => void): void {
  const again = () => showPassages(visit, original, parts, chosen, recipient, back)
  const next = () => showSave(visit, original, extractOf(parts, chosen.rooms, chosen.black), recipient, again)
  visit.page.show({
    heading: say("export.black"),
    body: [
      ...told("export.blackText"),
      form(() => showWhere(visit, next, again),
        ...parts.filter(({ room }) => chosen.rooms.has(room)).map((part) => passagesOf(part, chosen.black)),
        stepActions(() => showShare(visit, original, back, chosen))),
    ],
  })
}

function passagesOf({ room, paragraphs }: Part, black: Set<string>): HTMLElement {
  const passages = paragraphs.flatMap((each, i) => each.map((text, j) => ({ value: passageKey(room, i, j), what: text })))
  return h("div", { class: "passages", translate: "no" }, choices({
    legend: say(`room.${room}`), type: "checkbox", of: passages.map((each) => ({ ...each, checked: black.has(each.value) })),
    onChange: (values) => {
      for (const { value } of passages) values.includes(value) ? black.add(value) : black.delete(value)
    },
  }))
}

function showSave(visit: Visit, original: Original, extract: Extract, recipient: Recipient, back: () => void): void {
  const said = saying()
  visit.page.show({
    heading: say("export.ready"),
    body: [
      paragraph(say("export.paper.left", { parts: extract.leftOut, passages: extract.blackedOut })),
      ...told("export.readyText"),
      actions(
        saving(visit, said, say("export.savePdf"), "pdf", () => extractPdf(original, extract, recipient), "main"),
        saving(visit, said, say("export.saveData"), "json", async () => extractData(original, extract, recipient))),
      said,
      actions(button(say("back"), back, "link")),
    ],
  })
}
