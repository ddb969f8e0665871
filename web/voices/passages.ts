// What only a script can offer on a text that can be answered: selecting words, the marks on what others answered, and the answers beside the text.
// Everything it opens is a page of its own too, so whoever has no script loses nothing.
import { makePassage } from "../core/passages.js"
import { onSelection, placeBelow } from "./shared/placing.js"

const root = document.querySelector<HTMLElement>("[data-text]")
if (root !== null) begin(root)

/** A character of the text as passages count it, and where it stands on the page. */
interface Place {
  readonly node: Text
  readonly offset: number
}

function begin(root: HTMLElement): void {
  const text = readText(root)
  mark(root, text.places)
  offerToAnswer(root, text)
  root.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>("a.mark")
    if (link === null || event.metaKey || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    void openBeside(root, link.href)
  })
}

/** The text of the revision: spec/anchors.md, section 1. One place for each of its units; a line feed between two blocks has none. */
function readText(root: HTMLElement): { readonly text: string; readonly places: readonly (Place | null)[] } {
  let text = ""
  const places: (Place | null)[] = []
  for (const block of root.querySelectorAll<HTMLElement>("[id^='b']")) {
    const start = text.length
    let spaced = true
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT, (node) => node.parentElement?.closest("[data-aside]") === null ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_REJECT)
    for (let node = walker.nextNode() as Text | null; node !== null; node = walker.nextNode() as Text | null) {
      for (let offset = 0; offset < node.data.length; offset++) {
        const unit = node.data.charAt(offset)
        const isSpace = /\s/.test(unit)
        if (isSpace && spaced) continue
        text += isSpace ? " " : unit
        places.push({ node, offset })
        spaced = isSpace
      }
    }
    if (text.length > start && text.endsWith(" ")) {
      text = text.slice(0, -1)
      places.pop()
    }
    text += "\n"
    places.push(null)
  }
  return { text: text.slice(0, -1), places }
}

/** Underlines what others answered, without touching the page. */
function mark(root: HTMLElement, places: readonly (Place | null)[]): void {
  if (!("highlights" in CSS)) return
  const ranges = (root.dataset["passages"] ?? "").split(" ").flatMap((pair) => {
    const [start = NaN, end = NaN] = pair.split("-").map(Number)
    return rangeOf(places, start, end) ?? []
  })
  CSS.highlights.set("answered", new Highlight(...ranges))
}

function rangeOf(places: readonly (Place | null)[], start: number, end: number): Range | null {
  const [from, to] = [places[start], places[end - 1]]
  if (from === undefined || from === null || to === undefined || to === null) return null
  const range = new Range()
  range.setStart(from.node, from.offset)
  range.setEnd(to.node, to.offset + 1)
  return range
}

/** A button beside selected words. */
function offerToAnswer(root: HTMLElement, { text, places }: ReturnType<typeof readText>): void {
  const button = document.createElement("button")
  button.type = "button"
  button.className = "answer-words noprint"
  button.textContent = root.dataset["answer"] ?? ""
  button.hidden = true
  document.body.append(button)

  let address = ""
  // The selection itself must outlive the press.
  button.addEventListener("pointerdown", (event) => event.preventDefault())
  button.addEventListener("click", () => void openBeside(root, address))

  onSelection(root, (range) => {
    const passage = range === null ? null : passageOf(range, text, places)
    button.hidden = passage === null
    if (passage === null || range === null) return

    address = `${root.dataset["text"]}?${new URLSearchParams({
      revision: root.dataset["revision"] ?? "", start: `${passage.start}`, end: `${passage.end}`, quote: text.slice(passage.start, passage.end),
    })}`
    placeBelow(button, range)
  })
}

function passageOf(range: Range, text: string, places: readonly (Place | null)[]): ReturnType<typeof makePassage> {
  const inside = (place: Place | null): boolean => place !== null && range.comparePoint(place.node, place.offset) === 0 && range.comparePoint(place.node, place.offset + 1) === 0
  const start = places.findIndex(inside)
  const end = places.findLastIndex(inside) + 1
  return start < 0 ? null : makePassage(text, start, end, text.slice(start, end))
}

/** Shows a page of answers beside the text; goes there when it cannot be had. */
async function openBeside(root: HTMLElement, address: string): Promise<void> {
  const panel = await load(address)
  if (panel === null) {
    location.assign(address)
    return
  }
  const dialog = document.createElement("dialog")
  dialog.className = "beside"
  const close = document.createElement("button")
  close.type = "button"
  close.textContent = root.dataset["close"] ?? ""
  close.addEventListener("click", () => dialog.close())
  dialog.append(close, panel)
  dialog.addEventListener("close", () => dialog.remove())
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close()
  })
  document.body.append(dialog)
  dialog.setAttribute("aria-label", panel.querySelector("h1")?.textContent ?? "")
  dialog.showModal()
}

/** The part of a page that is shown beside the text. Read by the browser as a document in which nothing runs. */
function load(address: string): Promise<HTMLElement | null> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest()
    request.responseType = "document"
    request.addEventListener("loadend", () => {
      const panel = request.responseXML?.querySelector<HTMLElement>("[data-panel]") ?? null
      resolve(panel === null ? null : document.adoptNode(panel))
    })
    request.open("GET", address)
    request.send()
  })
}
