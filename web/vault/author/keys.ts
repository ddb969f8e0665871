import { keyHoldersIn, mayFollow, sameHolders, signersOf, type KeyHolders } from "../../core/keyset.js"
import { placeDatesOf, wordOf } from "../dating.js"
import { h, isolated, paragraph, type Child } from "../dom.js"
import { actions, button, whileBusy } from "../fields.js"
import { saw, type Opened } from "../later-protocol.js"
import { changeView } from "../rules-view.js"
import { refused, say, told } from "../say.js"
import { timeOf } from "../seen-view.js"

/** Who held the keys when they last looked, who does now, and who of those they knew signed that; nothing when it is the same people. */
export function keysNote(opened: Opened, again: (now: Opened) => void): Child {
  const { box, keyset } = opened.author
  const before = keyHoldersIn(box.keyset)
  const follows = before !== null && mayFollow(before, keyset)
  if (before === null || (follows && sameHolders(before, keyset))) return null

  const wrong = h("p", { class: "wrong", role: "alert" })
  const seen = button(say("team.seen"), () => void whileBusy(seen, say("team.seen"), async () => {
    const answer = await saw(opened)
    if ("failed" in answer) wrong.textContent = answer.failed === "unreachable" ? say("entry.unreachable") : refused(answer.failed)
    else again(answer)
  }))
  const signed = signersOf(before, keyset)
  return h("section", { class: follows ? "sheet" : "sheet care" },
    h("h2", {}, say("keys.changed")),
    h("dl", { class: "facts" }, holders(say("keys.before"), before), holders(say("keys.now"), keyset),
      signed.length > 0 && h("div", {}, h("dt", {}, say("keys.signed")), ...signed.map(({ name }) => h("dd", {}, isolated(name))))),
    ...told(follows ? "keys.follows" : "keys.strange"),
    wrong,
    actions(seen))
}

function holders(when: string, { quorum, keepers }: KeyHolders): HTMLElement {
  return h("div", {}, h("dt", {}, when), ...keepers.map(({ name }) => h("dd", {}, isolated(name))), h("dd", { class: "quiet small" }, say("team.keepersText", { n: quorum })))
}

/** Whether keys and team stand in the log, so that everybody gets the same ones. Filled once that is known, or cannot be. */
export function logNote({ author }: Opened, again: () => void): HTMLElement {
  const note = h("div", { class: "stack", role: "status" })
  void placeDatesOf(author).then((dates) => {
    const word = wordOf(dates)
    const shown = dates === null || "failed" in dates ? null : dates
    if (shown !== null && shown.changed !== null) note.append(changeView(author, shown.changed, again) as Node)
    else if (shown?.keyset.kind === "dated" && shown.roster.kind === "dated") {
      const at_s = [shown.keyset.shown.at_s ?? 0n, shown.roster.shown.at_s ?? 0n].reduce((a, b) => (a > b ? a : b))
      note.append(paragraph(say("keys.logged", { time: timeOf(Number(at_s)) }), "quiet small"))
    } else if (word !== null) note.append(h("div", { class: word === "wrong" ? "note care" : "note" }, ...told(`keys.${word}`)))
  })
  return note
}
