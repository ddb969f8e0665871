import { paragraph } from "../dom.js"
import { actions, button, form, submit, whileBusy } from "../fields.js"
import { passkeysAreKnown, receiptUnderPasskey } from "../passkey.js"
import { say } from "../say.js"
import { wordEntry } from "../word-entry.js"
import { showBefore } from "./before.js"
import { showClosed } from "./closed.js"
import { goOn } from "./flow.js"
import { lookUpPlace } from "./place.js"
import type { Visit } from "./visit.js"

/** Coming back. Whatever is wrong with the words, the answer is the one sentence. */
export function showReturn(visit: Visit): void {
  const entry = wordEntry()
  const wrong = paragraph("", "wrong")
  wrong.setAttribute("role", "alert")
  const open = submit(say("return.open"))
  const tryWords = () => whileBusy(open, say("return.opening"), async () => {
    wrong.textContent = ""
    const { readReceipt } = await import("../wordlists.js")
    const receipt = await readReceipt(entry.words().join(" "))
    const failed = receipt === null ? "nothing" : await openWith(visit, receipt)
    if (failed !== null) wrong.textContent = say(failed === "unreachable" ? "entry.unreachable" : "return.wrong")
  })

  const byDevice = button(say("pass.open"), () => void whileBusy(byDevice, say("pass.waiting"), async () => {
    const receipt = await receiptUnderPasskey()
    const failed = typeof receipt === "string" ? receipt : await openWith(visit, receipt)
    if (failed !== null) wrong.textContent = say(failed === "unreachable" ? "entry.unreachable" : failed === "cannot" || failed === "cancelled" ? `pass.${failed}` : "pass.nothing")
  }), "link")

  visit.page.show({
    heading: say("return.heading"),
    door: true,
    body: [
      paragraph(say("return.intro")),
      form(() => void tryWords(), entry.block, wrong, actions(open, button(say("back"), () => showBefore(visit), "link"))),
      paragraph(say("return.device"), "quiet small"),
      actions(
        passkeysAreKnown() && byDevice,
        button(say("other.tap"), () => void import("./other-words.js").then((next) => next.showOtherWords(visit)), "link"),
        button(say("stop.have"), () => void import("./stop.js").then((next) => next.showStop(visit)), "link"),
        button(say("note.friend"), () => void import("./note-write.js").then((next) => next.showNoteEntry(visit)), "link"),
        button(say("lost.tap"), () => void import("./lost.js").then((next) => next.showLost(visit)), "link")),
    ],
  })
  entry.focus()
  void lookUpPlace(visit)
}

/**
 * Opens what the words open: a draft on this device, or what was locked at this place. A draft whose locking has begun is
 * changed no more: what left the device may have arrived, and then it is finished as it left. @returns Null, or what came instead.
 */
export async function openWith(visit: Visit, receipt: Uint8Array): Promise<string | null> {
  const { unlockByWords } = await import("../device-protocol.js")
  const here = await unlockByWords(visit, receipt)
  const { filingId } = visit.draft
  if (here && filingId === null) return goOnHere(visit)

  const { openBox } = await import("../later-protocol.js")
  const opened = await openBox(receipt)
  if ("failed" in opened) return here && !visit.store.kept ? goOnHere(visit) : opened.failed // What only this page holds is never let go.

  const { showStatus } = await import("./status.js")
  if (here) {
    const arrived = opened.author.box.accounts.some((account) => account.filing_id === filingId)
    if (!arrived) return goOnHere(visit)
    await visit.store.end() // What is locked needs no draft on this device any more.
  }
  showClosed(visit, () => void showStatus(visit, opened))
  return null
}

function goOnHere(visit: Visit): null {
  showClosed(visit, () => void goOn(visit))
  return null
}
