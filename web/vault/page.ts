import { fill, h, type Child } from "./dom.js"
import { sayAside, turnPage } from "./live.js"
import { say } from "./say.js"

/** One screen: a heading, its place among the steps, and what stands below. */
export interface Screen {
  readonly heading: string
  readonly step?: { readonly n: number; readonly of: number }
  readonly body: readonly Child[]
  /** Whether it shows nothing of anybody: there is nothing to lock then. */
  readonly door?: boolean
}

/**
 * The one document. A screen takes the place of the last one: no address changes, no history entry is made, and what
 * the last screen showed is gone from the document.
 */
export class Page {
  readonly #view = document.getElementById("view") as HTMLElement
  readonly #banner = document.getElementById("banner") as HTMLElement
  readonly #said = document.getElementById("said") as HTMLElement
  readonly #tools = document.getElementById("tools") as HTMLElement
  readonly #mark = document.getElementById("mark") as HTMLElement
  #stopped = new AbortController()
  #closed = false
  #aside: { readonly held: HTMLElement, readonly scroll: number } | null = null

  /** Told of each screen whether it shows anything of anybody. */
  onShow: (open: boolean) => void = () => {}

  /** Nothing more is shown by who has this page: it locked, and an answer may still be on its way. */
  close(): void {
    this.#closed = true
    this.#stopped.abort()
  }

  /** Aborted when the screen that is shown now gives way to another. */
  get whileShown(): AbortSignal {
    return this.#stopped.signal
  }

  show(screen: Screen): void {
    if (this.#closed) return

    this.#stopped.abort()
    this.#aside = null
    this.#stopped = new AbortController()
    const { step, door = false } = screen
    if (door) this.mark(null)
    this.onShow(!door)
    const heading = h("h1", { tabindex: -1 }, screen.heading)
    fill(this.#view, step ? h("p", { class: "where" }, say("step", { ...step })) : null, heading, ...screen.body)
    document.title = step ? say("title.step", { ...step }) : say("title")
    sayAside(null)
    turnPage()
    scrollTo(0, 0)
    heading.focus({ preventScroll: true })
  }

  /** Shows a screen in the place of another, which comes back as it was. */
  showAside(screen: Screen): void {
    if (this.#closed) return

    const heading = h("h1", { tabindex: -1 }, screen.heading)
    if (this.#aside === null) {
      this.#aside = { held: h("div"), scroll: scrollY }
      this.#aside.held.append(...this.#view.childNodes)
      sayAside(this.#aside.held)
    }
    fill(this.#view, heading, ...screen.body)
    scrollTo(0, 0)
    heading.focus({ preventScroll: true })
  }

  endAside(): void {
    if (this.#aside === null) return

    this.#view.replaceChildren(...this.#aside.held.childNodes)
    scrollTo(0, this.#aside.scroll)
    this.#aside = null
    this.#view.focus({ preventScroll: true })
  }

  /** What stands above every screen from now on. */
  warn(text: string | null): void {
    fill(this.#banner, text === null ? null : h("p", { class: "note care slim" }, text))
  }

  /** Puts something into the row that stands above every screen. */
  offer(tool: HTMLElement): void {
    this.#tools.append(tool)
  }

  /** What is said above every screen about what was typed: whether it is on this device. */
  mark(text: string | null): void {
    if (!this.#closed) fill(this.#mark, text)
  }

  /** Says a text to those who listen to the page. */
  announce(text: string): void {
    fill(this.#said, text)
  }
}
