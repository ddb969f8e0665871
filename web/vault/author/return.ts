import { paragraph } from "../dom.js"
import { actions, button, form, submit, whileBusy } from "../fields.js"
import { say } from "../say.js"
import { wordEntry } from "../word-entry.js"
import { showBefore } from "./before.js"
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
    const { openBox } = await import("../protocol.js")
    const opened = await openBox(entry.words())
    if ("failed" in opened) wrong.textContent = opened.failed === "unreachable" ? say("entry.unreachable") : say("return.wrong")
    else (await import("./status.js")).showClosed(visit, opened)
  })

  visit.page.show({
    heading: say("return.heading"),
    body: [
      paragraph(say("return.intro")),
      form(() => void tryWords(), entry.block, wrong, actions(open, button(say("back"), () => showBefore(visit), "link"))),
    ],
  })
  entry.focus()
  void lookUpPlace(visit)
}
