import type { AccountContent, Dated } from "../core/record.js"
import { roomNames } from "../core/record.js"
import { dateInWords } from "./dates.js"
import { h, isolated, paragraph, type Child } from "./dom.js"
import { say, type Key } from "./say.js"

/** An account as it is read: their own words first, then each room that was entered, with dates in words beside what was typed. */
export function accountView({ text, rooms = {}, when = null, episodes = [], wants = [] }: AccountContent): HTMLElement {
  const others = roomNames.filter((name) => name !== "words" && name !== "when")
  return h("div", { class: "stack" },
    text.trim() !== "" && h("div", { class: "account", dir: "auto", translate: "no" }, text),
    stateOf(rooms.words?.state),
    h("dl", { class: "facts" },
      ...fact(say("room.when"), [
        when && dated(when), stateOf(rooms.when?.state),
        episodes.length > 0 && h("ol", {}, ...episodes.map((one) => h("li", {},
          one.what !== "" && h("p", { dir: "auto", translate: "no" }, one.what), one.when.typed !== "" && dated(one.when)))),
      ]),
      ...others.flatMap((name) => fact(say(`room.${name}`), [
        name === "wants" && wants.length > 0 && h("ul", {}, ...wants.map((each) => h("li", {}, say(`room.wants.${each}` as Key)))),
        stateOf(rooms[name]?.state),
        (rooms[name]?.text.trim() ?? "") !== "" && h("div", { class: "account", dir: "auto", translate: "no" }, rooms[name]?.text ?? ""),
      ]))))
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
  const present = children.filter((child) => child !== null && child !== false)
  return present.length === 0 ? [] : [h("div", {}, h("dt", {}, name), ...present.map((child) => h("dd", {}, child)))]
}
