import { h } from "../dom.js"
import { actions, button, details, form, submit, textField, whileBusy } from "../fields.js"
import { passkeysAreKnown, type PasskeyFailure } from "../prf.js"
import { say } from "../say.js"
import { showCases } from "./cases.js"
import { keepSealedKey, sealedKey } from "./key-store.js"
import type { DeskVisit } from "./visit.js"

/** The same for everyone: whether this device holds a key shows only to who knows the passphrase. */
export function showUnlock(visit: DeskVisit): void {
  const passphrase = textField({ label: say("desk.unlock.passphrase"), type: "password" })
  const open = submit(say("desk.unlock.open"))
  const tryIt = () => whileBusy(open, say("desk.unlock.opening"), async () => {
    const { openDeskKey } = await import("../desk-protocol.js")
    const sealed = await sealedKey()
    const key = sealed === null ? null : await openDeskKey(sealed, passphrase.control.value)
    if (key === null) return passphrase.wrong(say("desk.unlock.wrong"))

    visit.key = key
    showCases(visit)
  })

  const byLock = button(say("pass.open"), () => void whileBusy(byLock, say("pass.waiting"), async () => {
    const { openUnderLock } = await import("../desk-protocol.js")
    const key = await openUnderLock(await sealedKey("lock"))
    if (typeof key === "string") return passphrase.wrong(saidOf(key))

    visit.key = key
    showCases(visit)
  }), "link")

  const file = h("input", { type: "file", id: "key-file", accept: "application/json", autocomplete: "off" })
  const wrong = h("p", { class: "wrong", role: "alert" })
  file.addEventListener("change", async () => {
    const { looksLikeDeskKey } = await import("../desk-protocol.js")
    const text = await file.files?.[0]?.text() ?? ""
    wrong.textContent = looksLikeDeskKey(text) ? "" : say("desk.unlock.fileBad")
    if (looksLikeDeskKey(text)) {
      await keepSealedKey(text)
      passphrase.control.focus()
    }
  })

  visit.page.show({
    heading: say("desk.unlock.heading"),
    body: [
      form(() => void tryIt(), passphrase.block, actions(open, passkeysAreKnown() && byLock, button(say("desk.unlock.join"), () => void import("./join.js").then((next) => next.showJoin(visit, "")), "link"))),
      details(say("desk.unlock.import"), h("div", { class: "field" }, h("label", { for: file.id }, say("desk.unlock.file")), file, wrong)),
      actions(button(say("desk.lost.tap"), () => void import("./lost-key.js").then((next) => next.showLostKey(visit)), "link")),
    ],
  })
}

/** What is said when the device's lock gave nothing. */
export function saidOf(failure: PasskeyFailure): string {
  return failure === "cannot" ? say("desk.lock.cannot") : say(`pass.${failure}`)
}
