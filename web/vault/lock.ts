import { fill, h, paragraph } from "./dom.js"
import { button, evenActions } from "./fields.js"
import { say } from "./say.js"

/** A page locks after so long without a touch, or out of sight. A minute before, it says so. */
const untouched_ms = 600_000
const unseen_ms = 300_000
const warning_ms = 60_000

/** Locks the page when nobody seems to be there, once there is something to lock. */
export class Locking {
  readonly #lock: () => void
  readonly #warning = h("div", { class: "warning", role: "alert", hidden: true })
  #watching = false
  #touched_ms = 0
  #unseen_ms = 0
  #timer = 0

  constructor(lock: () => void) {
    this.#lock = lock
    document.body.append(this.#warning)
    for (const type of ["keydown", "pointerdown", "input", "scroll"] as const) {
      addEventListener(type, (event) => {
        // The warning's own buttons say what is meant: it does not vanish under a finger.
        if (!(event.target instanceof Node && this.#warning.contains(event.target))) this.#touch()
      }, { passive: true, capture: true })
    }
    document.addEventListener("visibilitychange", () => this.#sight())
  }

  /** From now on there is something to lock, or no more. */
  watch(watching: boolean): void {
    this.#watching = watching
    this.#touch()
  }

  #touch(): void {
    this.#touched_ms = Date.now()
    this.#look()
  }

  /** Out of sight the page shows nothing, also to whoever looks at the pictures of open pages. */
  #sight(): void {
    const hidden = document.visibilityState === "hidden"
    document.body.inert = hidden
    document.documentElement.classList.toggle("unseen-page", hidden)
    if (hidden) this.#unseen_ms = Date.now()
    this.#look()
  }

  /** Locks or warns when it is time, and else looks again when it may be. Clocks of hidden pages run late, so it looks at the time itself. */
  #look(): void {
    clearTimeout(this.#timer)
    if (!this.#watching) return this.#warn(false)

    const left_ms = this.#left_ms()
    if (left_ms <= 0) {
      this.#watching = false
      this.#warn(false)
      this.#lock()
      return
    }
    this.#warn(left_ms <= warning_ms)
    this.#timer = window.setTimeout(() => this.#look(), left_ms > warning_ms ? left_ms - warning_ms : left_ms)
  }

  #left_ms(): number {
    const now = Date.now()
    const untouched = this.#touched_ms + untouched_ms - now
    return document.visibilityState === "hidden" ? Math.min(untouched, this.#unseen_ms + unseen_ms - now) : untouched
  }

  #warn(on: boolean): void {
    if (on !== this.#warning.hidden) return

    this.#warning.hidden = !on
    fill(this.#warning, ...(on ? [paragraph(say("lock.warning")), evenActions(
      button(say("lock.stay"), () => this.#touch(), "main"), button(say("lock.now"), () => this.#lock()))] : []))
  }
}
