import type { AccountContent, Dated } from "../core/record.js"
import { roomNames, type RoomName } from "../core/record.js"
import { dateInWords } from "./dates.js"
import { h, isolated, paragraph, type Child } from "./dom.js"
import { say, type Key } from "./say.js"

/** An account as it is read: their own words first, then each room that was entered, with dates in words beside what was typed. */
export function accountView(account: AccountContent): HTMLElement {
  return h("div", { class: "stack" },
    ...roomView(account, "words"),
    h("dl", { class: "facts" }, ...roomNames.filter((name) => name !== "words").flatMap((name) => fact(say(`room.${name}`), roomView(account, name)))))
}

/** What stands in one room; nothing when it was passed by. */
export function roomView({ text, rooms = {}, when = null, episodes = [], wants = [] }: AccountContent, name: RoomName): Child[] {
  const written = name === "words" ? text : rooms[name]?.text ?? ""
  const own = written.trim() !== "" && h("div", { class: "account", dir: "auto", translate: "no" }, written)
  const state = stateOf(rooms[name]?.state)
  const before = name === "wants" && wants.length > 0 && h("ul", {}, ...wants.map((each) => h("li", {}, say(`room.wants.${each}` as Key))))
  const dates = [
    when && dated(when), state,
    episodes.length > 0 && h("ol", {}, ...episodes.map((one) => h("li", {},
      one.what !== "" && h("p", { dir: "auto", translate: "no" }, one.what), one.when.typed !== "" && dated(one.when)))),
  ]
  return (name === "when" ? dates : name === "words" ? [own, state] : [before, state, own]).filter((child) => child !== null && child !== false)
}

/** A date in words, and what they typed when that says more. */
function dated({ typed, edtf }: Dated): HTMLElement {
  const words = edtf === null ? null : dateInWords(edtf)
  return h("p", {}, isolated(words ?? typed), words !== null && words !== typed.trim() && h("span", { class: "quiet small" }, ` ${say("dates.typed")} `, isolated(typed)))
}

function stateOf(state: "answered" | "not-remembered" | "not-said" | undefined): Child {
  return state === undefined || state === "answered" ? null : paragraph(say(`rooms.${state}`), "quiet")
}

function fact(name: string, children: readonly Child[]): Child[] {
  return children.length === 0 ? [] : [h("div", {}, h("dt", {}, name), ...children.map((child) => h("dd", {}, child)))]
}
