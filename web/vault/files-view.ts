import type { Failed } from "../core/author.js"
import { toBase64, toHex } from "../core/bytes.js"
import type { FileReference } from "../core/file-reference.js"
import { openParts } from "../core/sealed-file.js"
import { fill, h, isolated, paragraph } from "./dom.js"
import { actions, button, whileBusy } from "./fields.js"
import { listen } from "./listening.js"
import type { Page } from "./page.js"
import { say } from "./say.js"
import { sizeInWords } from "./sizes.js"

/** Fetches one sealed part. */
export type PartOf = (id: string, part: number) => Promise<Uint8Array | Failed>

/** What a browser holds decoded to play it, at most: an hour or two of speech. */
const loudest_bytes = 32_000_000

/**
 * The files of an account. A picture comes small, grey and blurred, and a sound is silent, until it is asked for.
 *
 * @param page - Where they stand: no sound outlives the screen.
 */
export function filesView(files: readonly FileReference[], partOf: PartOf, page: Page): HTMLElement {
  return h("ul", { class: "rows" }, ...files.map((file) => {
    const shown = h("div", { class: "stack", "aria-live": "polite" })
    const wrong = paragraph("", "wrong")
    wrong.setAttribute("role", "alert")
    const run = (control: HTMLButtonElement, then: (blob: Blob) => void | Promise<void>, which: FileReference) => whileBusy(control, say("files.fetching"), async () => {
      const blob = await fetched(which, partOf)
      wrong.textContent = blob === null ? say("files.failed") : ""
      if (blob !== null) await then(blob)
    })
    const { view } = file
    const show = view && button(say("files.show"), () => void run(show as HTMLButtonElement, async (blob) => fill(shown, ...await gently(blob)), view), "link")
    const hear = file.type.startsWith("audio/") && file.size_bytes <= loudest_bytes &&
      button(say("files.fetch"), () => void run(hear as HTMLButtonElement, (blob) => fill(shown, listen(blob, page.whileShown)), file), "link")
    const save: HTMLButtonElement = button(say("files.save"), () => void run(save, (blob) => keep(blob, neutralName(file.name)), file), "link")
    const saveView = view && button(say("files.saveView"), () => void run(saveView as HTMLButtonElement, (blob) => keep(blob, neutralName("a.jpg")), view), "link")
    return h("li", {},
      h("div", {}, isolated(file.name), " ", h("span", { class: "quiet small" }, isolated(sizeInWords(file.size_bytes))),
        h("p", { class: "quiet small", dir: "ltr" }, isolated(`SHA-256 ${file.sha256}`))),
      actions(show ?? null, hear, save, saveView ?? null), wrong, shown)
  }))
}

/** The whole file, or `null` when it could not be fetched or is not what was sealed. */
export async function fetched(file: FileReference, partOf: PartOf): Promise<Blob | null> {
  const pieces: Blob[] = []
  for await (const piece of openParts(partsOf(file, partOf), file)) {
    if (piece === null) return null
    pieces.push(new Blob([new Uint8Array(piece)])) // The browser may hold these on its disk.
  }
  return new Blob(pieces, { type: file.type })
}

/** Ends early when a part does not come: the file then does not open. */
async function* partsOf(file: FileReference, partOf: PartOf): AsyncGenerator<Uint8Array> {
  for (let n = 0; n < file.parts; n += 1) {
    const part = await partOf(file.id, n)
    if ("failed" in part) return
    yield part
  }
}

async function gently(blob: Blob): Promise<Node[]> {
  const picture = h("img", { class: "gentle", alt: say("files.picture"), src: `data:image/jpeg;base64,${toBase64(new Uint8Array(await blob.arrayBuffer()))}` })
  const clear = button(say("files.clear"), () => {
    picture.classList.remove("gentle")
    clear.remove()
  }, "link")
  return [picture, clear]
}

export function keep(blob: Blob, name: string): void {
  const link = h("a", { href: URL.createObjectURL(blob), download: name })
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

/** A name that says nothing of what is in it but its kind. */
export function neutralName(name: string): string {
  const ending = /\.([A-Za-z0-9]{1,5})$/.exec(name)?.[1]?.toLowerCase() ?? "bin"
  return `document-${toHex(crypto.getRandomValues(new Uint8Array(2))).toUpperCase()}.${ending}`
}
