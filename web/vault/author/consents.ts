import type { LedgerEntry } from "../../core/author.js"
import { fill, h, paragraph, type Child } from "../dom.js"
import { actions, button, details, evenActions, whileBusy } from "../fields.js"
import { living, noted, setFrozen, setReading, waiting, type Opened } from "../later-protocol.js"
import { dateOf, refused, say, type Key } from "../say.js"
import { showErase } from "./erase.js"
import { showStatus } from "./status.js"
import type { Visit } from "./visit.js"
import { showWithdraw } from "./withdraw.js"

const consents = ["C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "C9", "C10"] as const
type Consent = (typeof consents)[number]
type Answer = LedgerEntry["answer"]

/** What somebody has said yes or no to, on one page: each for itself, with its date, and changed at once where it can be changed. */
export function showConsents(visit: Visit, opened: Opened): void {
  const log = h("ul", {})
  let now = opened
  const drawLog = () => fill(log, ...(now.author.box.ledger ?? []).map((entry) => h("li", {}, logLine(entry))))
  const sheets = consents.map((consent) => {
    const sheet = h("section", { class: "sheet", "data-consent": consent, "aria-label": say(`consents.${consent}`) })
    const failed = h("p", { class: "wrong", role: "alert" })
    const draw = () => fill(sheet, ...row(now, consent, (answer, control) => void whileBusy(control, say(`consents.${answer}`), async () => {
      const next = await change(visit, now, consent, answer)
      if (next === null) return
      if ("failed" in next) failed.textContent = next.failed === "unreachable" ? say("status.failed") : refused(next.failed)
      else {
        now = next
        failed.textContent = ""
        draw()
        drawLog()
        visit.page.announce(stateOf(now, consent))
      }
    })), failed)
    draw()
    return sheet
  })
  drawLog()
  visit.page.show({
    heading: say("consents.heading"),
    body: [
      paragraph(say("consents.intro")),
      ...sheets,
      details(say("consents.log"), log),
      actions(button(say("own.close"), () => void showStatus(visit, now), "main")),
    ],
  })
}

function row(opened: Opened, consent: Consent, answer: (answer: Answer, control: HTMLButtonElement) => void): Child[] {
  const said = lastOf(opened, consent)?.answer
  const choice = (value: Answer) => {
    const control: HTMLButtonElement = button(say(`consents.${value}`), () => answer(value, control))
    control.setAttribute("aria-pressed", String(said === value))
    return control
  }
  return [
    h("h2", {}, say(`consents.${consent}`)),
    paragraph(say(`consents.${consent}.text`)),
    h("p", { class: "quiet", role: "status" }, stateOf(opened, consent)),
    used(opened, consent) ? paragraph(say("consents.used"), "note") : evenActions(choice("yes"), choice("no")),
  ]
}

function lastOf({ author }: Opened, consent: Consent): LedgerEntry | undefined {
  return author.box.ledger?.findLast((entry) => entry.act === consent)
}

function stateOf(opened: Opened, consent: Consent): string {
  const last = lastOf(opened, consent)
  return last === undefined ? say("consents.notAsked") : say(`consents.said.${last.answer}`, { date: dateOf(last.day) })
}

/** What was used cannot be taken back: an account that was read, and one that lives no more. */
function used(opened: Opened, consent: Consent): boolean {
  const lives = living(opened)
  if (consent === "C5") return waiting(opened).some((filing) => filing.released) || (lives.length === 0 && opened.filings.some((filing) => filing.released))
  return (consent === "C2" || consent === "C3") && opened.filings.length > 0 && lives.length === 0
}

/** Does what the answer means, and notes it. `null` when another screen asks first. */
async function change(visit: Visit, opened: Opened, consent: Consent, answer: Answer): Promise<Opened | { readonly failed: string } | null> {
  const last = living(opened).at(-1)
  const asked = consent === "C8" && answer === "no" ? living(opened).filter((filing) => filing.meet?.["asked"] === true) : []
  for (const filing of asked) {
    const failed = await (await import("./meet.js")).setMeeting(opened, filing, false)
    if ("failed" in failed) return failed
  }
  if (consent === "C4") return setFrozen(opened, answer === "no")
  if (consent === "C5") return setReading(opened, answer === "yes")
  if ((consent === "C2" || consent === "C3") && answer === "no" && last !== undefined) {
    showWithdraw(visit, opened, last)
    return null
  }
  const answered = await noted(opened.author, consent, answer)
  if (consent === "C1" && answer === "no" && !("failed" in answered)) {
    showErase(visit, () => showConsents(visit, answered))
    return null
  }
  return answered
}

function logLine({ act, answer, day }: LedgerEntry): string {
  const what = (consents as readonly string[]).includes(act) ? `consents.${act}` : act === "corrected" || act === "direct" ? `consents.${act}` : "consents.lost"
  return say("consents.line", { date: dateOf(day), what: say(what as Key), answer: say(`consents.${answer}`) })
}
