import type { FileReference } from "../core/file-reference.js"
import type { MailVisit } from "../core/mail-visit.js"
import { mostFiles, type Letter } from "../core/mailbox.js"
import { fill, h, isolated, paragraph, type Child } from "./dom.js"
import { actions, button, whileBusy } from "./fields.js"
import { filesView, type PartOf } from "./files-view.js"
import { sendFile, type StorePart } from "./mail-files.js"
import type { Page } from "./page.js"
import { dateOf, say, type Key } from "./say.js"
import { sizeInWords } from "./sizes.js"

/** What both sides' screens show of a mailbox. */
export interface Mailroom {
  readonly page: Page
  readonly mail: MailVisit
  /** What the other is called. */
  readonly them: string
  readonly partOf: PartOf
  /** Something was taken out: it is drawn again. */
  changed(): void
}

/** All that was said, oldest first; each with who said it, when, and whether the other has it. */
export function lettersView(room: Mailroom, fresh: readonly Letter[]): HTMLElement {
  const { letters } = room.mail
  return letters.length === 0
    ? paragraph(say("mail.nothing"), "quiet")
    : h("ul", { class: "plain" }, ...letters.map((one) => h("li", { class: one.from === "me" ? "note" : "sheet" }, ...letterView(room, one, fresh.includes(one)))))
}

function letterView(room: Mailroom, letter: Letter, isFresh: boolean): Child[] {
  const { mail, them, page, partOf } = room
  const isMine = letter.from === "me"
  const leaves = mail.unsent.includes(letter) || mail.waiting.includes(letter)
  return [
    h("p", { class: "small" }, h("strong", {}, isMine ? say("mail.you") : isolated(them)), " ", h("span", { class: "quiet" }, dateOf(letter.day)), isFresh && " · ", isFresh && say("mail.new")),
    letter.text !== "" && h("div", { class: "account", dir: "auto", translate: "no" }, letter.text),
    (letter.files?.length ?? 0) > 0 && filesView(letter.files ?? [], partOf, page),
    isMine && paragraph(say(stateOf(mail, letter), { name: them }), "quiet small"),
    !leaves && actions(button(say("mail.forget"), () => {
      mail.forget(letter)
      room.changed()
    }, "link")),
  ]
}

function stateOf(mail: MailVisit, letter: Letter): Key {
  if (mail.unsent.includes(letter)) return "mail.unsent"
  if (letter.missed === true) return "mail.missed"
  return mail.waiting.includes(letter) ? "mail.waiting" : "mail.arrived"
}

const notSent: Readonly<Record<string, Key>> = { "too-large": "mail.tooLarge", "storage-full": "mail.storageFull", "not-drawn": "mail.notDrawn" }

/** The files that go with the message that is being written. What should be known before one is added stands beside the dialogue. */
export function attaching(page: Page, files: FileReference[], store: StorePart, changed: () => void): HTMLElement {
  const [list, wrong] = [h("div", {}), h("p", { class: "wrong", role: "alert" })]
  const input = h("input", { type: "file", hidden: true, autocomplete: "off" })
  const pick = button(say("mail.attach"), () => input.click())
  const draw = () => {
    fill(list, files.length > 0 && h("ul", { class: "rows" }, ...files.map((file) => h("li", {}, isolated(file.name), h("span", { class: "quiet small" }, sizeInWords(file.size_bytes)),
      button(say("remove"), () => {
        files.splice(files.indexOf(file), 1)
        draw()
        changed()
      }, "link")))))
    pick.hidden = files.length >= mostFiles
  }
  input.addEventListener("change", () => void whileBusy(pick, say("mail.attaching"), async () => {
    const [picked] = input.files ?? []
    if (picked === undefined) return

    const sent = await sendFile(picked, store)
    input.value = ""
    wrong.textContent = "failed" in sent ? say(notSent[sent.failed] ?? "mail.attachFailed") : ""
    if ("failed" in sent) return

    files.push(sent)
    page.announce(say("mail.attached"))
    draw()
    changed()
  }))
  draw()
  return h("div", { class: "stack" }, list, input, actions(pick), paragraph(say("mail.attachHint"), "quiet small"), wrong)
}
