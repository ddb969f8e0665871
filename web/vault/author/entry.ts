import { paragraph } from "../dom.js"
import { actions, button, form, submit, textField, whileBusy } from "../fields.js"
import { refused, say } from "../say.js"
import { back, forward, stepOf } from "./flow.js"
import { placeOrTryAgain } from "./place.js"
import type { Visit } from "./visit.js"

/** One person, one place: an invitation, or a sum that the device does. What is obtained is kept for this visit. */
export async function showEntry(visit: Visit): Promise<void> {
  const place = await placeOrTryAgain(visit, showEntry)
  if (place === null) return

  const { beginEntry, newReceipt } = await import("../protocol.js")
  visit.receipt ??= newReceipt()
  visit.entry ??= beginEntry(place, visit.receipt, visit.draft.credential)
  if (visit.entry.author.box.credential !== null) void forward(visit, "entry")
  else if (place.policy.credential === "invitation") showInvitation(visit)
  else void showWork(visit)
}

function showInvitation(visit: Visit): void {
  const code = textField({ label: say("entry.label"), hint: say("entry.hint"), ltr: true })
  const check = submit(say("entry.check"))
  const tryCode = () => whileBusy(check, say("entry.checking"), async () => {
    const { obtainByInvitation } = await import("../protocol.js")
    const { entry } = visit
    if (!entry) return

    const failed = await obtainByInvitation(entry, code.control.value)
    if (failed === null) {
      holdCredential(visit)
      void forward(visit, "entry")
    } else code.wrong(failed === "unreachable" ? say("entry.unreachable") : refused(failed))
  })
  visit.page.show({
    heading: say("entry.heading"),
    step: stepOf("entry"),
    body: [
      paragraph(say("entry.intro")),
      form(() => void tryCode(), code.block, actions(check, button(say("back"), () => void back(visit, "entry"), "link"))),
    ],
  })
}

async function showWork(visit: Visit): Promise<void> {
  const failed = paragraph("", "wrong")
  const state = paragraph(say("entry.checking"), "quiet")
  state.setAttribute("role", "status")
  const next = button(say("next"), () => void forward(visit, "entry"), "main")
  const again = button(say("entry.again"), () => void run(), "main")
  next.hidden = true
  again.hidden = true
  visit.page.show({
    heading: say("entry.workHeading"),
    step: stepOf("entry"),
    body: [paragraph(say("entry.workIntro")), state, failed, actions(next, again, button(say("back"), () => void back(visit, "entry"), "link"))],
  })
  const run = async () => {
    const { obtainByWork } = await import("../protocol.js")
    if (!visit.entry) return

    again.hidden = true
    failed.textContent = ""
    const answer = await obtainByWork(visit.entry)
    if (answer === null) holdCredential(visit)
    state.textContent = answer === null ? say("entry.workDone") : ""
    next.hidden = answer !== null
    again.hidden = answer === null
    if (answer !== null) failed.textContent = answer === "unreachable" ? say("entry.unreachable") : refused(answer)
  }
  await run()
}

/** Obtained once only: it is held with the draft, should the page be closed before the seal. */
function holdCredential({ draft, entry, store }: Visit): void {
  draft.credential = entry?.author.box.credential ?? null
  store.save(draft)
}
