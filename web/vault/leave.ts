/** Between two Shifts at most this long. */
const patience_ms = 5000

/**
 * Makes every way out of the page work: the links marked `data-leave`, and Shift pressed and released three times with no
 * other key between. Leaving empties the document before anything is asked of the network, and replaces the only
 * history entry, so that Back shows what was there before us.
 */
export class Leaving {
  shiftLeaves = true
  #presses = 0
  #alone = false
  #forget = 0
  readonly #onLeave: () => void
  readonly #onPress: (left: number) => void

  constructor(onLeave: () => void, onPress: (left: number) => void) {
    this.#onLeave = onLeave
    this.#onPress = onPress
    for (const link of document.querySelectorAll<HTMLAnchorElement>("a[data-leave]")) {
      link.addEventListener("click", (event) => {
        event.preventDefault()
        this.leave()
      })
    }
    document.addEventListener("keydown", (event) => this.#keyDown(event))
    document.addEventListener("keyup", (event) => this.#keyUp(event))
    // A page that comes back from the browser's memory shows nothing of before.
    addEventListener("pageshow", (event) => {
      if (event.persisted) this.#empty(() => location.reload())
    })
  }

  leave(): void {
    this.#empty(() => location.replace("/bye"))
  }

  #empty(then: () => void): void {
    this.#onLeave()
    document.title = ""
    document.documentElement.className = "left"
    document.body.replaceChildren()
    then()
  }

  #keyDown(event: KeyboardEvent): void {
    this.#alone = event.key === "Shift" && !event.repeat
    if (event.key !== "Shift") this.#presses = 0
  }

  #keyUp(event: KeyboardEvent): void {
    if (event.key !== "Shift" || !this.#alone || !this.shiftLeaves) return

    clearTimeout(this.#forget)
    this.#presses += 1
    if (this.#presses === 3) {
      this.leave()
      return
    }
    this.#onPress(3 - this.#presses)
    this.#forget = window.setTimeout(() => (this.#presses = 0), patience_ms)
  }
}
