import { sha256 } from "@noble/hashes/sha2.js"
import { hasFailed } from "../../core/author.js"
import { ascii, concat, toHex } from "../../core/bytes.js"
import { longestNote, noteOf, oneLine, parseNoteCode } from "../../core/note.js"
import { h, paragraph } from "../dom.js"
import { actions, button, form, submit, textArea, textField, whileBusy } from "../fields.js"
import { keep, neutralName } from "../files-view.js"
import { dateOf, refused, say, told } from "../say.js"
import { edge } from "../transport.js"
import { showBefore } from "./before.js"
import { placeOrTryAgain } from "./place.js"
import type { Visit } from "./visit.js"

/** Somebody writes down what they were told. They see nothing of whoever asked them, and are told the same whatever becomes of it. */
export async function showNoteEntry(visit: Visit, link = ""): Promise<void> {
  const place = await placeOrTryAgain(visit, () => showNoteEntry(visit, link))
  if (place === null) return

  const given = parseNoteCode(link)
  const [date, failed] = [dateOf(edge.today()), h("p", { class: "wrong", role: "alert" })]
  const code = textField({ label: say("note.enter"), hint: say("note.enterHint"), ltr: true })
  const words = textArea({ label: say("note.write"), hint: say("note.writeHint"), long: true })
  const [name, how] = [textField({ label: say("note.name") }), textField({ label: say("note.know") })]
  words.control.maxLength = longestNote
  name.control.maxLength = how.control.maxLength = 200
  const send = submit(say("note.send"))
  if (link !== "" && given === null) code.wrong(say("note.enterWrong"))
  let [ready, message]: [string, ReturnType<typeof noteOf>] = ["", null]

  const seal = () => whileBusy(send, say("note.sending"), async () => {
    failed.textContent = ""
    const [recipient, text] = [given ?? parseNoteCode(code.control.value), words.control.value.trim()]
    code.wrong(recipient === null ? say("note.enterWrong") : null)
    if (recipient === null) return
    words.wrong(text === "" ? say("add.empty") : null)
    if (text === "") return

    const content = { wetoo: "note/1", text, name: oneLine(name.control.value), how: oneLine(how.control.value), day: edge.today() } as const
    const now = JSON.stringify([toHex(recipient), content])
    if (now !== ready) [ready, message] = [now, noteOf(place.deployment, content.day, recipient, content, edge.random)]
    const note = message // Sent again, since its answer was lost, it is the same note.
    const answer = note === null ? { failed: "message-too-large" } : await edge.ask("POST", "/v1/notes", note.message)
    if (note === null || hasFailed(answer)) failed.textContent = whyNot(hasFailed(answer) ? answer.failed : "")
    else showSent(visit, dateOf(content.day), note)
  })

  visit.page.show({
    heading: say("note.friendHeading"),
    door: true,
    body: [
      ...told("note.friendText", { date }),
      form(() => void seal(),
        given === null ? code.block : paragraph(say("note.hasCode"), "note"),
        words.block, name.block, how.block,
        h("div", { class: "note" }, ...told("note.traces")),
        failed,
        actions(send, button(say("back"), () => showBefore(visit), "link"))),
    ],
  })
}

function whyNot(failed: string): string {
  if (failed === "message-too-large") return say("note.long")
  return failed === "writes-limit" ? say("note.full") : failed === "unreachable" ? say("add.notSent") : refused(failed)
}

/** What they may keep: their words, and what shows their day. */
function showSent(visit: Visit, date: string, { thing, salt }: { readonly thing: string, readonly salt: Uint8Array }): void {
  const hash = toHex(sha256(concat(salt, ascii(thing))))
  const copy = () => keep(new Blob([`${say("note.copyText", { date, hash })}\n\n${thing}\n\n${toHex(salt)}\n`]), neutralName("a.txt"))
  visit.page.show({
    heading: say("note.sentHeading"),
    door: true,
    body: [...told("note.sent", { date }), actions(button(say("note.keepCopy"), copy), button(say("note.end"), () => showBefore(visit), "link"))],
  })
}
