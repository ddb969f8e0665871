import type { FileReference } from "../../core/file-reference.js"
import { fill, h, isolated, paragraph } from "../dom.js"
import { actions, button } from "../fields.js"
import { say } from "../say.js"
import { sizeInWords } from "../sizes.js"
import type { Visit } from "./visit.js"

const warnings = ["young", "recording", "intimate", "work", "hidden"] as const

/** The files of an account. What should be known before one is added stands before the dialogue that picks it. */
export function fileList(visit: Visit): HTMLElement {
  const block = h("section", { class: "stack" })
  const draw = () => fill(block,
    h("h2", {}, say("things.heading")),
    paragraph(say("things.intro")),
    visit.draft.record.files.length > 0 && h("ul", { class: "rows" }, ...visit.draft.record.files.map((file) => row(visit, file, draw))),
    adding(visit, draw))
  draw()
  return block
}

function row(visit: Visit, file: FileReference, redraw: () => void): HTMLElement {
  return h("li", {}, isolated(file.name), h("span", { class: "quiet small" }, sizeInWords(file.size_bytes)),
    button(say("remove"), () => void import("../files.js").then(({ removeFile }) => removeFile(visit, file)).then(() => {
      visit.page.announce(say("name.removed"))
      redraw()
    }), "link"))
}

function adding(visit: Visit, redraw: () => void): HTMLElement {
  const block = h("div", { class: "stack" })
  const ask = () => fill(block,
    h("div", { class: "note" },
      h("h3", { tabindex: -1 }, say("things.before")),
      h("ul", {}, ...warnings.map((name) => h("li", {}, say(`things.${name}`))))),
    picker(visit, block, redraw))
  fill(block, actions(button(say("things.add"), () => {
    ask()
    block.querySelector("h3")?.focus()
  })))
  return block
}

function picker(visit: Visit, block: HTMLElement, redraw: () => void): HTMLElement {
  const input = h("input", { type: "file", multiple: true, hidden: true })
  const wrong = paragraph("", "wrong")
  wrong.setAttribute("role", "alert")
  const state = paragraph("", "quiet")
  state.setAttribute("role", "status")
  input.addEventListener("change", () => void take(visit, [...(input.files ?? [])], state).then((failed) => {
    input.value = ""
    if (failed === null) redraw()
    else wrong.textContent = failed
  }))
  return h("div", { class: "stack" }, input, state, wrong,
    actions(
      button(say("things.choose"), () => input.click(), "main"),
      button(say("voice.tap"), () => void import("./voice.js").then(({ recordVoice }) => recordVoice(visit, block, redraw))),
      button(say("things.not"), redraw, "link")))
}

/** @returns Null, or what to say of those that were not added. */
async function take(visit: Visit, files: readonly File[], state: HTMLElement): Promise<string | null> {
  const { addFile } = await import("../files.js")
  for (const file of files) {
    let said = 0
    const added = await addFile(visit, file, (done) => {
      if (done - said < 20_000_000 && done < file.size) return // Said now and then, not at each piece.
      said = done
      state.textContent = say("things.reading", { done: sizeInWords(done), size: sizeInWords(file.size) })
    })
    if (added === "too-large") return say("things.tooLarge")
  }
  return null
}
