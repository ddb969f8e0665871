import { fill, h, paragraph, type Child } from "../dom.js"
import { actions, button, details, evenActions, whileBusy } from "../fields.js"
import { keep, neutralName } from "../files-view.js"
import { printSheet } from "../printing.js"
import { say, told } from "../say.js"
import { wordSheet } from "../author/word-sheet.js"
import type { Visit } from "../author/visit.js"
import { dataOf, lockedRecord, newKeyWords, recordPdf, type Original } from "./copies.js"
import { partsOf } from "./parts.js"
import { showShare } from "./share.js"

/** What somebody can take out: everything, or a copy to share. */
export function showTake(visit: Visit, original: Original, back: () => void): void {
  const again = () => showTake(visit, original, back)
  visit.page.show({
    heading: say("export.heading"),
    body: [
      original.sealed === null && paragraph(say("export.draft"), "note"),
      h("section", { class: "sheet" }, h("h2", {}, say("export.record")), ...told("export.recordText"),
        actions(button(say("export.record"), () => showWhere(visit, () => showRecord(visit, original, newKeyWords(), again), again)))),
      h("section", { class: "sheet" }, h("h2", {}, say("export.share")), ...told("export.shareText"),
        actions(button(say("export.share"), () => showShare(visit, original, again)))),
      original.sealed !== null && datedSheet(visit, original.sealed, again),
      actions(button(say("back"), back, "link")),
    ],
  })
}

function datedSheet(visit: Visit, sealed: NonNullable<Original["sealed"]>, back: () => void): HTMLElement {
  const open = () => void import("./evidence.js").then((next) => next.showEvidence(visit, sealed, back))
  return h("section", { class: "sheet" }, h("h2", {}, say("evidence.heading")), ...told("evidence.text"), actions(button(say("evidence.heading"), open)))
}

/** Asked before any file is made: afterwards it is on the device, where others may look. */
export function showWhere(visit: Visit, next: () => void, back: () => void): void {
  const advice = h("div", { "aria-live": "polite" })
  visit.page.show({
    heading: say("export.where"),
    body: [
      ...told("export.whereText"),
      evenActions(button(say("export.whereYes"), next), button(say("export.whereNo"), () => fill(advice, h("div", { class: "note" }, ...told("export.whereAdvice"))))),
      advice,
      actions(button(say("back"), back, "link")),
    ],
  })
}

/** The locked record with its own words. The ten words stay out of it: who opens this file can do nothing else. */
function showRecord(visit: Visit, original: Original, words: readonly string[], back: () => void): void {
  const said = saying()
  const parts = partsOf(original.account)
  const save = saving(visit, said, say("export.saveLocked"), "age", async () => {
    const packed = await lockedRecord(original, parts, words)
    if (packed !== null && packed.without > 0) said.append(paragraph(say("export.without", { n: packed.without })))
    return packed?.bytes ?? null
  }, "main")
  visit.page.show({
    heading: say("export.record"),
    body: [
      ...told("export.words"),
      wordSheet(words),
      actions(save, button(say("receipt.print"), () => printSheet())),
      said,
      paragraph(say("export.open"), "quiet small"),
      details(say("export.plain"), ...told("export.plainText"), actions(
        saving(visit, said, say("export.plainPdf"), "pdf", () => recordPdf(original, parts)),
        saving(visit, said, say("export.plainData"), "json", async () => dataOf(original)))),
      actions(button(say("back"), back, "link")),
    ],
  })
}

export function saying(...first: readonly Child[]): HTMLElement {
  return h("div", { class: "stack", role: "status" }, ...first)
}

/** A button that makes a file and hands it to the browser, under a name that says nothing. @param make - Gives null when it could not be made, or why not. */
export function saving(
  visit: Visit, said: HTMLElement, text: string, ending: string, make: () => Promise<Uint8Array | Blob | string | null>, kind: "main" | "plain" = "plain",
): HTMLButtonElement {
  const shown = () => visit.page.whileShown
  const control: HTMLButtonElement = button(text, () => void whileBusy(control, say("export.making"), async () => {
    const stopped = shown()
    fill(said)
    const made = await make()
    // Who has left or locked the page meanwhile gets no file.
    if (stopped.aborted) return
    if (made === null || typeof made === "string") return fill(said, paragraph(made ?? say(ending === "pdf" ? "export.noDrawing" : "export.failed"), "wrong"))

    const name = neutralName(`a.${ending}`)
    keep(made instanceof Blob ? made : new Blob([new Uint8Array(made)]), name)
    said.prepend(paragraph(say("export.saved", { name })))
  }), kind)
  return control
}
