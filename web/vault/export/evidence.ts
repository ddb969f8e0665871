import { encryptForPassphrase } from "../../core/age-passphrase.js"
import type { BoxAccount, Visit as AuthorVisit } from "../../core/author.js"
import { ascii } from "../../core/bytes.js"
import type { Standing } from "../../core/dates.js"
import { ageKeysOf } from "../../core/evidence.js"
import { knows } from "../dating.js"
import { fill, h, isolated, paragraph } from "../dom.js"
import { actions, button, choices, details, form, stepActions } from "../fields.js"
import { dateOf, refused, say, told } from "../say.js"
import { changeView } from "../rules-view.js"
import { seenView } from "../seen-view.js"
import { sizeInWords } from "../sizes.js"
import { edge } from "../transport.js"
import type { Visit } from "../author/visit.js"
import { wordSheet } from "../author/word-sheet.js"
import { most_bytes, newKeyWords } from "./copies.js"
import { datesOf, readyOf, type Dates, type Ready } from "./dates.js"
import { packageOf, type Chosen } from "./package.js"
import { saving, saying, showWhere } from "./take.js"

/** Whose account it is, and which. */
export interface Sealed {
  readonly author: AuthorVisit
  readonly own: BoxAccount
}

/** Since when the account is dated, by whose word; and the way to a package that shows it. */
export function showEvidence(visit: Visit, sealed: Sealed, back: () => void): void {
  const again = () => showEvidence(visit, sealed, back)
  const [wrong, cards, end] = [h("div", { role: "alert" }), h("div", { class: "stack" }), h("div")]
  const leave = button(say("back"), back, "link")
  fill(end, actions(leave))
  visit.page.show({
    heading: say("evidence.heading"),
    body: [...told("evidence.text"), wrong, h("div", { role: "status" }, cards), end],
  })
  fill(cards, paragraph(say("evidence.asking")))
  const stopped = visit.page.whileShown
  void datesOf(sealed.author, sealed.own).then((dates) => {
    if (stopped.aborted) return
    if ("failed" in dates) {
      fill(cards)
      fill(wrong, paragraph(dates.failed === "unreachable" ? say("entry.unreachable") : refused(dates.failed), "wrong"))
      fill(end, actions(button(say("evidence.again"), again, "main"), leave))
      return
    }
    const ready = sealed.own.account.signer === undefined ? null : readyOf(dates, knows(sealed.author))
    fill(cards, changeView(sealed.author, dates.changed, again), ...cardsOf(sealed, dates),
      sealed.own.account.signer === undefined && paragraph(say("evidence.old"), "note"),
      ready !== null && ready.addenda.length < dates.addenda.length && paragraph(say("evidence.rest"), "note"))
    fill(end, actions(
      ready === null ? button(say("evidence.again"), again, "main") : button(say("evidence.make"), () => showChoice(visit, sealed, ready, again), "main"), leave))
  })
}

function cardsOf({ own }: Sealed, { account, addenda, match }: Dates): HTMLElement[] {
  return [
    cardOf(say("evidence.account"), own.account.sealed_day, account),
    ...(own.addenda ?? []).map(({ kind, sealed_day }, i) => cardOf(say(`addenda.${kind}`, { date: dateOf(sealed_day) }), sealed_day, addenda[i] ?? { kind: "unlogged" })),
    ...(match === null ? [] : [cardOf(say("verify.notice"), match.notice.day, match.standing)]),
  ]
}

/** What dates one thing: it is shown only when it holds by the rules that its author knows. */
function cardOf(what: string, day: number, standing: Standing): HTMLElement {
  if (standing.kind === "dated") {
    const { proof, shown, token } = standing
    return seenView(what, { day, index: proof.index, at_s: shown.at_s, log: proof.checkpoint.origin, witnesses: shown.witnesses, timestamp: token })
  }
  const text = standing.kind === "waiting" || standing.kind === "unlogged" || standing.kind === "witnesses" ? standing.kind : "wrong"
  return h("section", { class: "sheet" }, h("h2", {}, what), ...told(`evidence.${text}`))
}

/** Words and additions always go in; each file, and that there was a match, only as long as somebody wants it. */
function showChoice(visit: Visit, sealed: Sealed, ready: Ready, back: () => void, chosen = new Set((sealed.own.account.files ?? []).map((_, i) => String(i + 1)))): void {
  const again = () => showChoice(visit, sealed, ready, back, chosen)
  const files = (sealed.own.account.files ?? []).map(({ name, size_bytes }, i) => ({ value: String(i + 1), what: isolated(`${name}, ${sizeInWords(size_bytes)}`) }))
  const match = ready.match === null ? [] : [{ value: "match", what: say("evidence.match", { date: dateOf(ready.match.notice.day) }), then: say("evidence.matchThen") }]
  const all = [...files, ...match]
  const go = () => showWhere(visit, () => showSave(visit, sealed, ready, { files: new Set([...chosen].filter((one) => one !== "match").map(Number)), match: chosen.has("match") }, again), again)
  visit.page.show({
    heading: say("evidence.what"),
    body: [
      paragraph(say("evidence.always")),
      form(go,
        all.length > 0 && choices({
          legend: say("evidence.what"), unseenLegend: true, type: "checkbox", of: all.map((one) => ({ ...one, checked: chosen.has(one.value) })),
          onChange: (values) => {
            chosen.clear()
            for (const one of values) chosen.add(one)
          },
        }),
        stepActions(back)),
    ],
  })
}

/** Locked with words of its own, or as it is: whoever checks it needs it open. */
function showSave(visit: Visit, sealed: Sealed, ready: Ready, chosen: Chosen, back: () => void): void {
  const [said, words] = [saying(), newKeyWords()]
  const make = () => packageOf(sealed.author, sealed.own, ready, chosen)
  const locked = saving(visit, said, say("export.saveLocked"), "age", async () => {
    const whole = await make()
    if (whole === null) return null
    if (whole.size > most_bytes) return say("evidence.large")
    return encryptForPassphrase(words.join(" "), new Uint8Array(await whole.arrayBuffer()), edge.random)
  }, "main")
  visit.page.show({
    heading: say("evidence.heading"),
    body: [
      ...told("export.words"), wordSheet(words), actions(locked), said,
      paragraph(say("export.open"), "quiet small"),
      details(say("export.plain"), ...told("evidence.plainText"), actions(saving(visit, said, say("evidence.plainSave"), "zip", make))),
      details(say("evidence.key"), ...told("evidence.keyText"), actions(
        saving(visit, said, say("evidence.keySave"), "txt", async () => ascii(`${ageKeysOf(sealed.author.keys.signerSeed).identity}\n`)))),
      details(say("evidence.check"), ...told("evidence.checkText")),
      actions(button(say("back"), back, "link")),
    ],
  })
}
