import { doors, type Door } from "../../core/doors.js"
import type { OpenedRoom } from "../../core/reading.js"
import { roomView } from "../account-view.js"
import { addendaView } from "../addenda-view.js"
import type { OpenedCase } from "../desk-protocol.js"
import { fill, h, paragraph, type Child } from "../dom.js"
import { actions, button, whileBusy } from "../fields.js"
import { filesView } from "../files-view.js"
import { dateOf, refused, say } from "../say.js"
import { today } from "../today.js"
import { restButton } from "./rest.js"
import type { DeskVisit } from "./visit.js"

/** What they wrote, one part at a time: each is closed until it is asked for, and the vault writes down who asked before it gives it. */
export function accountOf(visit: DeskVisit, card: OpenedCase): HTMLElement {
  const present = doors.filter((door) => door !== "added" || card.added > 0)
  const next = card.restedDay === null ? null : present.find((door) => !card.readings.some((one) => one.door === door)) ?? null
  let shut = () => {}
  const only = (close: () => void) => {
    shut()
    shut = close
  }
  return h("section", { class: "sheet" },
    h("h2", {}, say("desk.account.heading")),
    paragraph(say("desk.account.care"), "quiet"),
    paragraph(say("desk.account.seen"), "quiet"),
    card.restedDay !== null && h("div", { class: "note" }, paragraph(next === null
      ? say("desk.account.all", { date: dateOf(card.restedDay) })
      : say("desk.account.next", { date: dateOf(card.restedDay), room: titleOf(next) }))),
    h("ul", { class: "plain rooms" }, ...present.map((door) => row(visit, card, door, door === next, only))),
    restButton(visit, card.caseId, () => shut()))
}

export function titleOf(door: Door): string {
  return say(door === "files" || door === "added" ? `desk.account.${door}` : `room.${door}`)
}

/** One part, closed at first. Opening another closes it. */
function row(visit: DeskVisit, card: OpenedCase, door: Door, isNext: boolean, only: (close: () => void) => void): HTMLElement {
  const [item, wrong] = [h("li", {}), h("p", { class: "wrong", role: "alert" })]
  const heading = () => h("h3", { tabindex: -1 }, titleOf(door))
  let day = card.readings.find((one) => one.door === door)?.day ?? null
  const close = () => fill(item, heading(), day !== null && paragraph(say("desk.account.opened", { date: dateOf(day) }), "quiet small"), wrong, actions(open))
  const open: HTMLButtonElement = button(say("desk.account.open"), () => void whileBusy(open, say("desk.account.opening"), async () => {
    if (visit.key === null) return
    const { openRoom } = await import("../desk-protocol.js")
    const answer = await openRoom(visit.key, card, door)
    wrong.textContent = !("failed" in answer) ? "" : answer.failed === "unreachable" ? say("desk.unreachable") : refused(answer.failed)
    if ("failed" in answer || !item.isConnected) return

    only(close)
    day = today()
    const shown = heading()
    fill(item, shown, h("div", { class: "stack" }, ...contentOf(visit, card, door, answer)), actions(button(say("desk.account.close"), () => {
      close()
      open.focus()
    })))
    shown.focus()
  }), isNext ? "main" : "plain")
  open.setAttribute("aria-label", say("desk.account.openOne", { room: titleOf(door) }))
  close()
  return item
}

function contentOf(visit: DeskVisit, card: OpenedCase, door: Door, { account, addenda, unbroken }: OpenedRoom): Child[] {
  if (account === null) return [paragraph(say("desk.unreadable.text"), "note care")]

  const files = account.files ?? []
  const content = door === "added" ? [!unbroken && paragraph(say("addenda.gap"), "note care"), ...addendaView(addenda)]
    : door !== "files" ? roomView(account, door)
    : files.length === 0 ? []
    : [filesView(files, async (id, part) => {
        const { partOfCase } = await import("../desk-protocol.js")
        return visit.key === null ? { failed: "not-allowed" } : partOfCase(visit.key, card.caseId, id, part)
      }, visit.page)]
  return content.length === 0 ? [paragraph(say("desk.card.blank"), "quiet")] : content
}
