import { h } from "../dom.js"
import { actions, button, evenActions, whileBusy } from "../fields.js"
import { passkeysAreKnown } from "../prf.js"
import { say, told } from "../say.js"
import { showCases } from "./cases.js"
import { forgetLock, keepSealedKey, sealedKey } from "./key-store.js"
import { saidOf } from "./unlock.js"
import type { DeskVisit } from "./visit.js"

/** The device's own lock beside the passphrase, with what it means said before; and the way back. */
export async function showDeviceLock(visit: DeskVisit): Promise<void> {
  if (await sealedKey("lock") !== null) return showMade(visit)

  const wrong = h("p", { class: "wrong", role: "alert" })
  const make = button(say("desk.lock.make"), () => void whileBusy(make, say("pass.waiting"), async () => {
    if (visit.key === null) return

    const { sealUnderLock } = await import("../desk-protocol.js")
    const sealed = passkeysAreKnown() ? await sealUnderLock(visit.key) : "cannot"
    if (sealed === "cannot" || sealed === "cancelled" || sealed === "nothing") return void (wrong.textContent = saidOf(sealed))

    await keepSealedKey(sealed, "lock")
    showMade(visit)
  }))
  visit.page.show({
    heading: say("desk.lock.heading"),
    body: [...told("desk.lock.text"), wrong, evenActions(make, button(say("desk.lock.not"), () => showCases(visit)))],
  })
}

function showMade(visit: DeskVisit): void {
  visit.page.show({
    heading: say("desk.lock.madeHeading"),
    body: [
      ...told("desk.lock.made"),
      actions(
        button(say("desk.export.next"), () => showCases(visit), "main"),
        button(say("desk.lock.stop"), () => void forgetLock().then(() => showDeviceLock(visit)))),
    ],
  })
}
