import { h, paragraph } from "../dom.js"
import { actions, button, choices, form, submit, textField, whileBusy } from "../fields.js"
import { languages } from "../language.js"
import { passkeysAreKnown } from "../prf.js"
import { refused, say } from "../say.js"
import { keepSealedKey } from "./key-store.js"
import { showCases } from "./cases.js"
import { showUnlock } from "./unlock.js"
import type { DeskVisit } from "./visit.js"

const shortest = 16

export function showJoin(visit: DeskVisit, invitation: string): void {
  const code = textField({ label: say("desk.join.code"), ltr: true, value: invitation })
  const name = textField({ label: say("desk.join.name"), hint: say("desk.join.nameHint") })
  const organisation = textField({ label: say("desk.join.organisation"), hint: say("desk.join.organisationHint") })
  let spoken: readonly string[] = []
  const speaks = choices({
    legend: say("desk.join.languages"), type: "checkbox", of: Object.entries(languages).map(([value, name]) => ({ value, what: h("bdi", { lang: value, translate: "no" }, name) })), onChange: (ticked) => (spoken = ticked),
  })
  const passphrase = textField({ label: say("desk.join.passphrase"), hint: say("desk.join.passphraseHint"), type: "password" })
  const again = textField({ label: say("desk.join.again"), type: "password" })
  const make = submit(say("desk.join.make"))

  const join = () => whileBusy(make, say("desk.join.making"), async () => {
    for (const field of [code, name, passphrase, again]) field.wrong(null)
    if (code.control.value.trim() === "") return code.wrong(say("desk.join.codeMissing"))
    if (name.control.value.trim() === "") return name.wrong(say("desk.join.nameMissing"))
    if (passphrase.control.value.length < shortest) return passphrase.wrong(say("desk.join.short"))
    if (passphrase.control.value !== again.control.value) return again.wrong(say("desk.join.differs"))

    const { makeDeskKey, register, sealDeskKey } = await import("../desk-protocol.js")
    visit.key ??= await makeDeskKey()
    const sealed = await sealDeskKey(visit.key, passphrase.control.value)
    // The key is kept before anyone hears of it: what is sealed to it must never find it gone.
    await keepSealedKey(sealed)
    const failed = await register(visit.key, code.control.value, {
      name: name.control.value.trim(), organisation: organisation.control.value.trim(), languages: spoken,
    })
    if (failed === null) showExport(visit, sealed)
    else code.wrong(failed === "unreachable" ? say("entry.unreachable") : refused(failed))
  })

  visit.page.show({
    heading: say("desk.join.heading"),
    body: [
      paragraph(say("desk.join.intro")),
      form(() => void join(), code.block, name.block, organisation.block, speaks, passphrase.block, again.block,
        actions(make, button(say("back"), () => showUnlock(visit), "link"))),
    ],
  })
}

function showExport(visit: DeskVisit, sealed: string): void {
  visit.page.show({
    heading: say("desk.export.heading"),
    body: [
      paragraph(say("desk.export.text")),
      actions(
        button(say("desk.export.save"), () => save(sealed)),
        button(say("desk.export.next"), () => showCases(visit), "main"),
        passkeysAreKnown() && button(say("desk.lock.tap"), () => void import("./device-lock.js").then((next) => next.showDeviceLock(visit)), "link")),
    ],
  })
}

function save(sealed: string): void {
  const address = URL.createObjectURL(new Blob([sealed], { type: "application/json" }))
  h("a", { href: address, download: "key.json" }).click()
  setTimeout(() => URL.revokeObjectURL(address), 1000)
}
