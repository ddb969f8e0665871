import type { Episode } from "../../core/record.js"
import { dateInWords } from "../dates.js"
import { fill, h, isolated, paragraph, type Child } from "../dom.js"
import { button, form, submit, textArea } from "../fields.js"
import { say } from "../say.js"
import { dateEntry } from "./date-entry.js"
import type { Visit } from "./visit.js"

/** What happened more than once: a card for each time, or for each pattern. The order is theirs, and no card has to be dragged. */
export function episodeList(visit: Visit): Child[] {
  const { episodes } = visit.draft.record
  const list = h("ol", { class: "rows" })
  const undo = h("div", {})
  const changed = (focus: number | null, said: string) => {
    visit.store.save(visit.draft)
    draw()
    if (focus !== null) list.querySelectorAll<HTMLElement>("li")[focus]?.querySelector<HTMLElement>("button")?.focus()
    visit.page.announce(said)
  }
  const move = (from: number, to: number) => {
    const [one] = episodes.splice(from, 1)
    if (one) episodes.splice(to, 0, one)
    changed(to, say("episodes.moved", { n: to + 1 }))
  }
  const remove = (i: number) => {
    const [gone] = episodes.splice(i, 1)
    fill(undo, gone !== undefined && button(say("episodes.undo"), () => {
      episodes.splice(i, 0, gone)
      fill(undo)
      changed(i, say("episodes.back"))
    }, "link"))
    changed(null, say("name.removed"))
  }
  const draw = () => fill(list, ...episodes.map((one, i) =>
    h("li", {}, summary(one), h("div", { class: "actions" },
      i > 0 && button(say("episodes.up", { n: i + 1 }), () => move(i, i - 1), "link"),
      i < episodes.length - 1 && button(say("episodes.down", { n: i + 1 }), () => move(i, i + 1), "link"),
      button(say("episodes.remove", { n: i + 1 }), () => remove(i), "link")))))
  draw()
  return [
    h("h2", {}, say("episodes.heading")),
    paragraph(say("episodes.intro")),
    list,
    undo,
    newEpisode((episode) => {
      episodes.push(episode)
      changed(null, say("episodes.added"))
    }),
  ]
}

function newEpisode(add: (episode: Episode) => void): HTMLElement {
  const block = h("div", { class: "sheet" })
  const draw = () => {
    let when: Episode["when"] | null = null
    const what = textArea({ label: say("episodes.what"), hint: say("episodes.whatHint") })
    fill(block, form(
      () => {
        const text = what.control.value.trim()
        if (text === "" && when === null) return what.wrong(say("episodes.missing"))

        add({ what: text, when: when ?? { typed: "", edtf: null } })
        draw()
      },
      what.block,
      dateEntry({ label: say("episodes.when"), hint: say("room.when.hint"), value: null, onChange: (dated) => (when = dated) }),
      h("div", {}, submit(say("episodes.add")))))
  }
  draw()
  return block
}

function summary({ what, when }: Episode): HTMLElement {
  const words = when.edtf === null ? null : dateInWords(when.edtf)
  return h("div", {},
    what !== "" && h("p", { dir: "auto", translate: "no" }, what),
    when.typed !== "" && h("p", { class: "quiet small" }, isolated(words ?? when.typed)))
}
