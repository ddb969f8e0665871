import type { DeskKey } from "../desk-protocol.js"
import type { Page } from "../page.js"

export interface DeskVisit {
  readonly page: Page
  /** Open while the desk is; gone when it is locked or left. */
  key: DeskKey | null
  /** The cases whose author said something new. */
  readonly news: Set<string>
  /** Ends it: nothing of it stays readable in this page, nor what still comes in. @returns A desk of nobody yet. */
  readonly end: () => DeskVisit
}

/** How often an open desk looks whether something changed. */
export const look_ms = 5000

/** Runs `look` now and again for as long as the screen is shown and seen. */
export function keepLooking(visit: DeskVisit, look: () => Promise<void>, every_ms = look_ms, shown = visit.page.whileShown): void {
  const again = async () => {
    if (shown.aborted) return
    if (!document.hidden) await look()
    if (!shown.aborted) setTimeout(() => void again(), every_ms)
  }
  void again()
}
