import { showBefore } from "./author/before.js"
import { emptyDraft, isMinor, type Visit } from "./author/visit.js"
import { paragraph } from "./dom.js"
import { actions, button } from "./fields.js"
import { offerLanguages } from "./language-menu.js"
import { chosenLanguage, preferred, speak } from "./language.js"
import { Leaving } from "./leave.js"
import { Locking } from "./lock.js"
import { Page } from "./page.js"
import { say } from "./say.js"
import { MemoryStore } from "./store.js"

await speak(preferred())
const leaving = new Leaving(
  () => {
    void visit.store.flush() // A locked copy, for those who keep one: what was typed last goes into it.
    visit = visitAfter(visit)
  },
  (left) => visit.page.announce(say("leave.more", { n: left })),
)
const locking = new Locking(lock)
const lockTool = button(say("lock.tool"), lock, "link")
let isOpen = false
let visit = visitAfter()

/** A visit of nobody yet. What was sealed to be there again goes along; all that an open visit held stays behind, and so does what still comes in for it. */
function visitAfter({ page: before, held, unsent }: Partial<Visit> = {}): Visit {
  before?.close()
  const page = new Page()
  page.onShow = (open) => {
    isOpen = open
    lockTool.hidden = !open
    locking.watch(open)
  }
  return {
    page, leaving, draft: emptyDraft(), receipt: null, entry: null, store: new MemoryStore(), picked: new Map(), code: null,
    held: held ?? null, unsent: unsent ?? { added: null, mail: null }, lock,
  }
}

/** Locks the page: what was typed stays as ciphertext, on the device or in memory, or not at all when nothing was chosen to open it. */
function lock(): void {
  const open = visit
  visit = visitAfter(open)
  visit.page.show({ heading: say("unlock.heading"), door: true, body: [] })
  void holdLocked(open)
}

async function holdLocked(open: Visit): Promise<void> {
  if (open.store.kept) await open.store.flush()
  else if (open.code !== null || open.receipt !== null) visit.held = (await import("./device-protocol.js")).hold(open)
  const { showUnlock } = await import("./author/unlock.js")
  showUnlock(visit)
}

const { page } = visit
page.offer(button(say("help.tool"), () => void import("./help.js").then(({ showHelp }) => showHelp(visit.page, isMinor(visit.draft)), () => visit.page.announce(say("load.heading"))), "link"))
page.offer(lockTool)
offerLanguages()
document.addEventListener("spoken", () => {
  visit.draft.language = chosenLanguage()
  visit.store.save(visit.draft)
})
// Where a screen has no words of its own for it, as when a code is made that opens the page again.
addEventListener("unhandledrejection", ({ reason }) => {
  if (reason instanceof Error && reason.name === "TooLittleMemory") visit.page.warn(say("sum.memory"))
})
// Screens change the draft as it is typed: it is held soon after, whatever the screen.
addEventListener("input", () => visit.store.save(visit.draft))
addEventListener("pagehide", () => void visit.store.flush())

// One address, whatever it was opened with. What stood behind a # is a code that somebody was given: it is read once, and sent nowhere.
function readCode(code = location.hash): void {
  history.replaceState(null, "", location.pathname)
  if (code.length < 2 || isOpen) return // What somebody is writing is not taken away by a link.

  import("./author/note-write.js").then((next) => next.showNoteEntry(visit, code), () => visit.page.show({
    heading: say("load.heading"), door: true,
    body: [paragraph(say("load.text")), actions(button(say("entry.again"), () => readCode(code), "main"))],
  }))
}

addEventListener("hashchange", () => readCode())
showBefore(visit)
readCode()
