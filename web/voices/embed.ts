// Under a page of another site: puts a frame in the place of a link to what readers say, lets readers answer words that they select, and marks those that were
// answered. What is typed and read stays in the frame, out of reach of the page around it. Without this script, or where the frame may not be, the link stays.
import { onSelection, placeBelow } from "./shared/placing.js"

const longestWords = 1000
const script = document.currentScript
const origin = script instanceof HTMLScriptElement ? new URL(script.src).origin : null

/** What a frame says of itself. */
interface Said {
  readonly title: string
  readonly answer: string
  readonly quotes: readonly string[] | null
  readonly height: number
  /** Whether something stands in its form that another page would take away. */
  readonly writing: boolean
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin)
else begin()

function begin(): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>("a[data-wetoo]")) if (link.origin === origin) embed(link)
}

function embed(link: HTMLAnchorElement): void {
  const address = `${link.href.replace(/\/comments\/?$/, "")}/embed`
  const frame = document.createElement("iframe")
  frame.title = link.textContent
  frame.referrerPolicy = "no-referrer"
  frame.sandbox.add("allow-forms", "allow-scripts", "allow-same-origin", "allow-popups", "allow-popups-to-escape-sandbox")
  const look = { "display": "block", "inline-size": "100%", "block-size": "0", "border": "0" }
  for (const [name, value] of Object.entries(look)) frame.style.setProperty(name, value)
  frame.src = address
  link.after(frame)

  const text = link.dataset["text"] === undefined ? null : document.querySelector<HTMLElement>(link.dataset["text"])
  let show: (() => void) | null = null
  let writing = false
  addEventListener("message", (event) => {
    const said = event.origin === origin && event.source === frame.contentWindow ? read(event.data) : null
    if (said === null) return
    link.hidden = true
    link.style.setProperty("display", "none")
    frame.title = said.title
    frame.style.setProperty("block-size", `${said.height}px`)
    writing = said.writing
    if (text === null) return
    show ??= offer(text, said.answer, () => !writing, (words) => {
      frame.contentWindow?.location.replace(`${address}?${new URLSearchParams({ words })}`)
      frame.scrollIntoView({ block: "start" })
      frame.focus()
    })
    show()
    if (said.quotes !== null) mark(text, said.quotes)
  })
}

function read(data: unknown): Said | null {
  if (typeof data !== "object" || data === null) return null
  const { wetoo, title, answer, quotes, height, writing } = data as Record<string, unknown>
  if (wetoo !== "answers" || typeof title !== "string" || typeof answer !== "string" || typeof height !== "number") return null
  return { title, answer, height, writing: writing === true, quotes: Array.isArray(quotes) ? quotes.filter((quote) => typeof quote === "string") : null }
}

/** A button beside selected words, unless something is being written already. @returns Shows it again, or no more. */
function offer(text: HTMLElement, says: string, isFree: () => boolean, answer: (words: string) => void): () => void {
  const button = document.createElement("button")
  button.type = "button"
  button.className = "wetoo-answer"
  button.textContent = says
  button.hidden = true
  document.body.append(button)

  let words = ""
  let selected: Range | null = null
  const show = () => {
    button.hidden = words === "" || words.length > longestWords || !isFree()
    if (selected !== null && !button.hidden) placeBelow(button, selected)
  }
  // The selection itself must outlive the press.
  button.addEventListener("pointerdown", (event) => event.preventDefault())
  button.addEventListener("click", () => {
    const asked = words
    words = ""
    show()
    answer(asked)
  })
  onSelection(text, (range) => {
    selected = range
    words = range?.toString().replace(/\s+/g, " ").trim() ?? ""
    show()
  })
  return show
}

/** Underlines words of the page without touching it. */
function mark(text: HTMLElement, quotes: readonly string[]): void {
  if (!("highlights" in CSS)) return
  const { units, places } = readWords(text)
  CSS.highlights.set("wetoo-answered", new Highlight(...quotes.flatMap((quote) => {
    const words = quote.replace(/\s+/g, " ")
    const start = units.indexOf(words)
    const [from, to] = [places[start], places[start + words.length - 1]]
    if (start < 0 || from === undefined || to === undefined) return []
    const range = new Range()
    range.setStart(from.node, from.offset)
    range.setEnd(to.node, to.offset + 1)
    return range
  })))
}

/** The words of a page with one space between them, and where each of their units stands. */
function readWords(text: HTMLElement): { readonly units: string, readonly places: readonly { readonly node: Text, readonly offset: number }[] } {
  let units = ""
  const places: { readonly node: Text, readonly offset: number }[] = []
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT, (node) => node.parentElement?.closest("script, style") === null ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_REJECT)
  for (let node = walker.nextNode() as Text | null; node !== null; node = walker.nextNode() as Text | null) {
    for (let offset = 0; offset < node.data.length; offset++) {
      const isSpace = /\s/.test(node.data.charAt(offset))
      if (isSpace && units.endsWith(" ")) continue
      units += isSpace ? " " : node.data.charAt(offset)
      places.push({ node, offset })
    }
  }
  return { units, places }
}

// Colours of the page around it, in its own scheme.
const look = new CSSStyleSheet()
look.replaceSync(`
  .wetoo-answer { position: absolute; z-index: 9; padding: 0.5rem 1rem; font: inherit; color: Canvas; background: CanvasText; border: 0; border-radius: 0.5rem; cursor: pointer; }
  .wetoo-answer[hidden] { display: none; }
  .wetoo-answer:focus-visible { outline: 3px solid Highlight; outline-offset: 2px; }
  ::highlight(wetoo-answered) { text-decoration: underline 2px dotted; }
`)
document.adoptedStyleSheets.push(look)
