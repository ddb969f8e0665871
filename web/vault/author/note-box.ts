import { hasFailed, type Failed } from "../../core/author.js"
import { ascii } from "../../core/bytes.js"
import { parseTold, standingOf, type Standing, type Told } from "../../core/dates.js"
import { statusOf } from "../../core/filing.js"
import { askForNotes, askNoMore, attachedOf, dropNote, lookAtNotes, type NoteContent, type OpenNote } from "../../core/note.js"
import { knows, meet } from "../dating.js"
import { fill, h, isolated, paragraph, type Child } from "../dom.js"
import { actions, button, details, whileBusy } from "../fields.js"
import { add, living, refresh, type Opened } from "../later-protocol.js"
import { dateOf, refused, say, told } from "../say.js"
import { timeOf } from "../seen-view.js"
import { edge } from "../transport.js"
import { canAdd, stageOf } from "./add.js"
import { placeOrTryAgain } from "./place.js"
import { showStatus } from "./status.js"
import type { Visit } from "./visit.js"

/** Notes that others left, and the way to ask for one. A text is shown after a tap: it may be from whom its reader fears. */
export async function showNotes(visit: Visit, opened: Opened): Promise<void> {
  const again = () => showNotes(visit, opened)
  if (await placeOrTryAgain(visit, again) === null) return
  const [found, dates] = [await lookAtNotes(edge, opened.author), await toldOf(opened)]
  const home = button(say("own.close"), () => void goHome(visit, opened), "link")
  if (hasFailed(found)) {
    return visit.page.show({
      heading: say("note.heading"),
      body: [paragraph(why(found.failed), "wrong"), actions(button(say("entry.again"), () => void again(), "main"), home)],
    })
  }
  visit.page.show({
    heading: say("note.heading"),
    body: [
      ...told("note.intro"),
      found.notes.length === 0 ? paragraph(say("note.none"), "quiet") : h("div", { class: "note care" }, ...told("note.hurt")),
      found.isFull && paragraph(say("note.noRoom"), "note"),
      ...found.notes.map((note, i) => noteSheet(visit, opened, note, i + 1, dates)),
      found.code === null ? askSheet(visit, opened) : codeSheet(visit, opened, found.code),
      actions(home),
    ],
  })
}

/** The count on the first screen is asked for anew. */
async function goHome(visit: Visit, opened: Opened): Promise<void> {
  const now = await refresh(opened.author)
  void showStatus(visit, "failed" in now ? opened : now)
}

async function toldOf({ author }: Opened): Promise<Told | null> {
  const { keyset, keys } = author
  const answer = await edge.ask("POST", "/v1/proofs", statusOf(keyset.deployment, keys.pseudonym, edge.today(), edge.random(16), keys.seed))
  const read = hasFailed(answer) ? null : parseTold(answer)
  if (read !== null) meet(author, read)
  return read
}

/** What asking leaves on two phones comes before the code. */
function askSheet(visit: Visit, opened: Opened): HTMLElement {
  return h("section", { class: "sheet" }, h("h2", {}, say("note.before")), ...told("note.beforeText"),
    ...acting(visit, opened, say("note.make"), "plain", (filingId) => askForNotes(edge, opened.author, filingId)))
}

function codeSheet(visit: Visit, opened: Opened, code: string): HTMLElement {
  const [said, picture] = [h("p", { class: "quiet small", role: "status" }), h("div", {})]
  const link = `${location.origin}/#${code}`
  const copy = async (text: string) => {
    try {
      await navigator.clipboard.writeText(text)
      fill(said, say("note.copied"))
    } catch {
      fill(said, say("note.notCopied")) // Browsers have no way to ask first.
    }
  }
  const draw = async () => fill(picture, (await import("./more-ways.js")).qrPicture(link, say("note.picture")))
  return h("section", { class: "sheet" },
    h("h2", {}, say("note.code")),
    h("p", { class: "digit-sheet", translate: "no" }, ...code.split("-").map((group) => h("bdi", { dir: "ltr" }, group))),
    paragraph(say("note.codeText", { first: say("before.return"), second: say("note.friend") })),
    actions(button(say("note.copyCode"), () => void copy(code)), button(say("note.copyLink"), () => void copy(link)), button(say("note.picture"), () => void draw())),
    said, picture,
    ...acting(visit, opened, say("note.close"), "link", (filingId) => askNoMore(edge, opened.author, filingId)))
}

/** A button that tells the vault something of the box, and then shows how it stands. */
function acting(visit: Visit, opened: Opened, label: string, kind: "plain" | "link", act: (filingId: string) => Promise<Failed | null>): Child[] {
  const failed = h("p", { class: "wrong", role: "alert" })
  const press: HTMLButtonElement = button(label, () => void whileBusy(press, label, async () => {
    const answer = await act(living(opened).at(-1)?.filingId ?? "")
    if (answer !== null) failed.textContent = why(answer.failed)
    else await showNotes(visit, opened)
  }), kind)
  return [actions(press), failed]
}

function noteSheet(visit: Visit, opened: Opened, note: OpenNote, n: number, dates: Told | null): HTMLElement {
  const { content } = note
  if (content === null) return h("section", { class: "sheet" }, h("h2", {}, say("note.one", { n })), paragraph(say("note.shut")), throwing(visit, opened, note))

  const standing = note.isDated && dates !== null ? standingOf(dates, 10, note.salt, ascii(note.thing), knows(opened.author)) : null
  const row = (label: string, value: string) => value !== "" && h("div", {}, h("dt", {}, label), h("dd", {}, isolated(value)))
  return h("section", { class: "sheet" },
    h("h2", {}, say("note.one", { n })),
    paragraph(dateWords(note, standing)),
    details(say("note.show"),
      h("div", { class: "account", dir: "auto", translate: "no" }, content.text),
      h("dl", { class: "facts" }, row(say("note.from"), content.name), row(say("note.how"), content.how)),
      paragraph(say("note.says", { date: dateOf(content.day) }), "quiet small"),
      ...told("note.what"),
      ...attaching(visit, opened, note, content, standing?.kind === "dated" ? standing.dated.proof : null)),
    throwing(visit, opened, note))
}

function dateWords({ isDated }: OpenNote, standing: Standing | null): string {
  if (standing?.kind === "dated" && standing.shown.at_s !== null) return say("note.seen", { time: timeOf(Number(standing.shown.at_s)) })
  return say(isDated && standing?.kind === "waiting" ? "note.waits" : "note.noDate")
}

/** Into the account, once it is read; what is there already stays here until it is thrown away. */
function attaching(visit: Visit, opened: Opened, note: OpenNote, content: NoteContent, proof: string | null): Child[] {
  if ((opened.account?.addenda ?? []).some((one) => one.note?.thing === note.thing)) return [paragraph(say("note.attached"))]
  if (!canAdd(opened)) return []

  const failed = h("p", { class: "wrong", role: "alert" })
  const attach: HTMLButtonElement = button(say("note.attach"), () => void whileBusy(attach, say("add.locking"), async () => {
    const now = await add(opened, "addition", wordsOf(content), attachedOf(note, proof))
    if ("failed" in now) failed.textContent = why(now.failed)
    else {
      await dropNote(edge, now.author, living(now).at(-1)?.filingId ?? "", note) // If this does not arrive, it is shown as attached.
      await showNotes(visit, now)
    }
  }))
  return [...told("note.attachText"), paragraph(say(`add.${stageOf(opened)}`), "quiet"), actions(attach), failed]
}

/** Away, read or unread. */
function throwing(visit: Visit, opened: Opened, note: OpenNote): HTMLElement {
  const block = h("div", { class: "stack" })
  const ask = () => fill(block, paragraph(say("note.dropSure")),
    ...acting(visit, opened, say("note.dropYes"), "plain", (filingId) => dropNote(edge, opened.author, filingId, note)), actions(button(say("note.keep"), show, "link")))
  const show = () => fill(block, actions(button(say("note.drop"), ask)))
  show()
  return block
}

/** How an attached note reads wherever the account is read: what it says, and what it does not show. */
function wordsOf(content: NoteContent): string {
  return [
    say("note.added", { date: dateOf(content.day) }),
    content.name !== "" && `${say("note.from")}: ${content.name}`, content.how !== "" && `${say("note.how")}: ${content.how}`,
    "", content.text, "", say("note.addedNot"),
  ].filter((line) => line !== false).join("\n")
}

function why(failed: string): string {
  return failed === "unreachable" ? say("status.failed") : refused(failed)
}
