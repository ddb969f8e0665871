import { showBefore } from "./author/before.js"
import { emptyDraft, type Visit } from "./author/visit.js"
import { Leaving } from "./leave.js"
import { Page } from "./page.js"
import { say } from "./say.js"
import { MemoryStore } from "./store.js"

const page = new Page()
const leaving = new Leaving(
  () => {
    visit.draft = emptyDraft()
    visit.receipt = null
    visit.entry = null
    visit.store = new MemoryStore()
  },
  (left) => page.announce(say(left === 2 ? "leave.twoMore" : "leave.oneMore")),
)
const visit: Visit = { page, leaving, draft: emptyDraft(), receipt: null, entry: null, store: new MemoryStore() }

// One address, whatever it was opened with.
history.replaceState(null, "", location.pathname)
showBefore(visit)
