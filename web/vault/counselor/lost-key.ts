import { h, paragraph } from "../dom.js"
import { actions, button, form, selectField, submit, whileBusy } from "../fields.js"
import { refused, say, told } from "../say.js"
import type { Waiting } from "../recovery-protocol.js"
import { keepSealedKey } from "./key-store.js"
import { alert, numberBlock } from "./team.js"
import { showUnlock } from "./unlock.js"
import { keepLooking, type DeskVisit } from "./visit.js"

/** For somebody whose device and key file are gone: who they say they are. */
export async function showLostKey(visit: DeskVisit): Promise<void> {
  const { askForLostKey, whoMayAsk } = await import("../recovery-protocol.js")
  const members = await whoMayAsk()
  const [wrong, back] = [alert(), button(say("back"), () => showUnlock(visit), "link")]
  if ("failed" in members || members.length === 0) {
    visit.page.show({ heading: say("desk.lost.tap"), body: [paragraph("failed" in members ? say("desk.unreachable") : say("desk.lost.nobody")), actions(back)] })
    return
  }

  const who = selectField({ label: say("desk.lost.who") }, members.map(({ signing, name }) => [signing, name] as const))
  const ask = submit(say("desk.lost.ask"))
  const send = () => whileBusy(ask, say("desk.lost.asking"), async () => {
    const waiting = await askForLostKey(who.control.value)
    if ("failed" in waiting) wrong.textContent = waiting.failed === "quota-exhausted" ? say("desk.lost.often") : refused(waiting.failed)
    else showWaiting(visit, waiting)
  })
  visit.page.show({ heading: say("desk.lost.tap"), body: [paragraph(say("desk.lost.how")), form(() => void send(), who.block, wrong, actions(ask, back))] })
}

function showWaiting(visit: DeskVisit, waiting: Waiting): void {
  const given = h("p", { role: "status" }, say("desk.lost.given", { count: 0 }))
  visit.page.show({
    heading: say("desk.lost.waiting"),
    body: [paragraph(say("desk.lost.call")), numberBlock(waiting.number, say("desk.lost.number")), given, actions(button(say("desk.lost.stop"), () => showUnlock(visit), "link"))],
  })
  keepLooking(visit, async () => {
    const { collect } = await import("../recovery-protocol.js")
    const got = await collect(waiting)
    if (typeof got === "number") given.textContent = say("desk.lost.given", { count: got })
    else if (typeof got !== "string") given.textContent = got.failed === "not-found" ? say("desk.lost.refused") : got.failed === "unreachable" ? say("desk.unreachable") : say("desk.lost.broken")
    else await showFound(visit, got)
  })
}

async function showFound(visit: DeskVisit, sealed: string): Promise<void> {
  await keepSealedKey(sealed)
  visit.page.show({
    heading: say("desk.lost.back"),
    body: [...told("desk.lost.backText"), actions(button(say("desk.unlock.heading"), () => showUnlock(visit), "main"))],
  })
}
