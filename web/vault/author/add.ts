import { h, paragraph } from "../dom.js"
import { button, choices, form, submit, textArea, whileBusy, actions } from "../fields.js"
import type { Opened } from "../later-protocol.js"
import { refused, say } from "../say.js"
import { showOwn } from "./own.js"
import type { Visit } from "./visit.js"

type Kind = "addition" | "correction"

/** What may be said of an addition: who can read it, and when. */
export function stageOf({ account, filings }: Opened): "kept" | "waits" | "read" {
  const filing = filings.find((one) => one.filingId === account?.filing_id)
  return filing === undefined ? "kept" : filing.state === "released" ? "read" : "waits"
}

/** Whether something can be added: only to what is locked, and not withdrawn. */
export function canAdd({ account, filings, unfinished }: Opened): boolean {
  const withdrawn = filings.some((one) => one.filingId === account?.filing_id && one.state === "withdrawn")
  return account?.account.addenda_key !== undefined && unfinished === null && !withdrawn
}

/** An addition or a correction: what was locked stays beside it. */
export function showAdd(visit: Visit, opened: Opened, back: (now: Opened) => void): void {
  let kind: Kind = "addition"
  const words = textArea({ label: say("add.label"), long: true, hint: say("add.held") })
  const failed = h("p", { class: "wrong", role: "alert" })
  const lock = submit(say("add.lock"))

  const add = () => whileBusy(lock, say("add.locking"), async () => {
    failed.textContent = ""
    words.wrong(null)
    if (words.control.value.trim() === "") return words.wrong(say("add.empty"))

    const protocol = await import("../later-protocol.js")
    const answer = await protocol.add(opened, kind, words.control.value)
    if ("failed" in answer) failed.textContent = whyNot(answer.failed)
    else void showOwn(visit, answer, back)
  })

  visit.page.show({
    heading: say("add.heading"),
    body: [
      paragraph(say("add.intro")),
      form(() => void add(),
        choices({
          legend: say("add.kind"), type: "radio", onChange: ([chosen]) => (kind = chosen === "correction" ? "correction" : "addition"),
          of: [
            { value: "addition", what: say("add.addition"), checked: true },
            { value: "correction", what: say("add.correction") },
          ],
        }),
        words.block,
        paragraph(say(`add.${stageOf(opened)}`), "quiet"),
        failed,
        actions(lock, button(say("back"), () => void showOwn(visit, opened, back), "link"))),
    ],
  })
}

function whyNot(failed: string): string {
  if (failed === "unreachable") return say("add.notSent")
  return failed === "message-too-large" ? say("add.tooLong") : refused(failed)
}
