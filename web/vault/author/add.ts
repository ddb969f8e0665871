import { openOwn, sealOwn } from "../../core/box.js"
import { ascii } from "../../core/bytes.js"
import { h, paragraph } from "../dom.js"
import { button, choices, form, submit, textArea, whileBusy, actions } from "../fields.js"
import type { Opened } from "../later-protocol.js"
import { refused, say } from "../say.js"
import { edge } from "../transport.js"
import { showOwn } from "./own.js"
import type { Visit } from "./visit.js"

type Kind = "addition" | "correction"

const unsentName = ascii("wetoo/v1/unsent")

/** What may be said of an addition: who can read it, and when. */
export function stageOf({ account, filings }: Opened): "kept" | "waits" | "read" {
  const filing = filings.find((one) => one.filingId === account?.filing_id)
  return filing === undefined ? "kept" : filing.state === "released" ? "read" : "waits"
}

/** Whether something can be added: only to what is locked, and not withdrawn. */
export function canAdd({ account, filings, unfinished }: Opened): boolean {
  const withdrawn = filings.some((one) => one.filingId === account?.filing_id && (one.state === "withdrawn" || one.state === "ended"))
  return account?.account.addenda_key !== undefined && unfinished === null && !withdrawn
}

/** An addition or a correction: what was locked stays beside it. */
export function showAdd(visit: Visit, opened: Opened, back: (now: Opened) => void): void {
  const { boxKey } = opened.author.keys
  let { kind, text } = unsentOf(visit, boxKey)
  const hold = () => (visit.unsent.added = text === "" ? null : sealOwn(boxKey, unsentName, { kind, text }, edge.random))
  const words = textArea({
    label: say("add.label"), long: true, hint: say("add.held"), value: text,
    onInput: (value) => {
      text = value
      hold()
    },
  })
  const failed = h("p", { class: "wrong", role: "alert" })
  const lock = submit(say("add.lock"))

  const add = () => whileBusy(lock, say("add.locking"), async () => {
    failed.textContent = ""
    words.wrong(null)
    if (words.control.value.trim() === "") return words.wrong(say("add.empty"))

    const protocol = await import("../later-protocol.js")
    const answer = await protocol.add(opened, kind, words.control.value)
    if ("failed" in answer) failed.textContent = whyNot(answer.failed)
    else {
      visit.unsent.added = null
      void showOwn(visit, answer, back)
    }
  })

  visit.page.show({
    heading: say("add.heading"),
    body: [
      paragraph(say("add.intro")),
      form(() => void add(),
        choices({
          legend: say("add.kind"), type: "radio", onChange: ([chosen]) => {
            kind = chosen === "correction" ? "correction" : "addition"
            hold()
          },
          of: (["addition", "correction"] as const).map((value) => ({ value, what: say(`add.${value}`), checked: value === kind })),
        }),
        words.block,
        paragraph(say(`add.${stageOf(opened)}`), "quiet"),
        failed,
        actions(lock, button(say("back"), () => void showOwn(visit, opened, back), "link"))),
    ],
  })
}

/** What was typed before the page locked: it opens for the same author only. */
function unsentOf({ unsent }: Visit, key: Uint8Array): { kind: Kind, text: string } {
  const held = unsent.added && openOwn(key, unsentName, unsent.added)
  return typeof held === "object" && held !== null && "kind" in held && "text" in held && typeof held.text === "string"
    ? { kind: held.kind === "correction" ? "correction" : "addition", text: held.text }
    : { kind: "addition", text: "" }
}

function whyNot(failed: string): string {
  if (failed === "unreachable") return say("add.notSent")
  return failed === "message-too-large" ? say("add.tooLong") : refused(failed)
}
