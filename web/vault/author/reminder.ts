import { askNudges, putNudge, type NudgeSettings, type Nudges } from "../../core/nudge.js"
import { fill, h, isolated, paragraph, type Child } from "../dom.js"
import { actions, button, choices, form, selectField, submit, textArea, textField, whileBusy, type Field } from "../fields.js"
import { has } from "../language.js"
import type { Opened } from "../later-protocol.js"
import { refused, say, told, type Key } from "../say.js"
import { edge } from "../transport.js"
import { hourOf, momentOf, weekdayOf } from "../when.js"
import { showStatus } from "./status.js"
import { tellsWhatThisIs } from "./telling-words.js"
import type { Visit } from "./visit.js"

const kinds = ["library", "recipe", "plants", "stretch"] as const
const intervals = ["1", "2", "4"]

/** A mail on days of their own choosing that says nothing, and is the same with news and without. */
export async function showReminder(visit: Visit, opened: Opened): Promise<void> {
  const nudges = await askNudges(edge, opened.author)
  const home = button(say("own.close"), () => void showStatus(visit, opened), "link")
  if ("failed" in nudges) {
    const again = button(say("remind.again"), () => void whileBusy(again, say("remind.again"), () => showReminder(visit, opened)), "main")
    return visit.page.show({ heading: say("remind.heading"), body: [paragraph(nudges.failed === "unreachable" ? say("status.failed") : refused(nudges.failed), "wrong"), actions(again, home)] })
  }

  const { sender, settings } = nudges
  if (sender === null) return visit.page.show({ heading: say("remind.heading"), body: [...told("remind.off"), actions(home)] })
  if (settings === null) return showForm(visit, opened, nudges, null)
  if (nudges.confirmed) showOn(visit, opened, nudges, settings)
  else showCode(visit, opened, nudges, settings)
}

function showOn(visit: Visit, opened: Opened, nudges: Nudges, settings: NudgeSettings): void {
  const failed = h("p", { class: "wrong", role: "alert" })
  const stop = button(say("remind.stop"), () => void whileBusy(stop, say("remind.stop"), () => send(visit, opened, nudges, null, (why) => fill(failed, why))))
  visit.page.show({
    heading: say("remind.onHeading"),
    body: [
      paragraph(say("remind.next")),
      mailSheet(nudges, settings),
      actions(button(say("remind.change"), () => showForm(visit, opened, nudges, settings)), stop, button(say("own.close"), () => void showStatus(visit, opened), "link")),
      failed,
    ],
  })
}

function showCode(visit: Visit, opened: Opened, nudges: Nudges, settings: NudgeSettings): void {
  const code = textField({ label: say("remind.code"), hint: say("remind.codeHint"), type: "tel", ltr: true })
  const use = submit(say("remind.useCode"))
  const again = button(say("remind.sendAgain"), () => void whileBusy(again, say("remind.sendAgain"), () => send(visit, opened, nudges, settings, (why) => code.wrong(why))))
  const tryCode = () => whileBusy(use, say("remind.useCode"), async () => {
    const digits = code.control.value.normalize("NFKC").replace(/[^\p{Nd}]/gu, "").replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    if (digits.length === 6) await send(visit, opened, nudges, { ...settings, code: digits }, (why) => code.wrong(why))
    else code.wrong(say("remind.refused.nudge-code-wrong"))
  })
  visit.page.show({
    heading: say("remind.codeHeading"),
    body: [
      paragraph(say("remind.codeSent", { to: settings.to })),
      h("p", {}, say("remind.from"), " ", isolated(nudges.sender ?? "")),
      form(() => void tryCode(), code.block, actions(use, again)),
      actions(
        button(say("remind.change"), () => showForm(visit, opened, nudges, settings), "link"),
        button(say("own.close"), () => void showStatus(visit, opened), "link")),
    ],
  })
}

function showForm(visit: Visit, opened: Opened, nudges: Nudges, before: NudgeSettings | null): void {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  const to = textField({ label: say("remind.to"), hint: say("remind.toHint"), type: "email", ltr: true, value: before?.to ?? "" })
  const subject = textField({ label: say("remind.subject"), value: before?.subject ?? "" })
  const text = textArea({ label: say("remind.text"), value: before?.text ?? "" })
  const own = h("div", { class: "stack" }, paragraph(say("remind.ownHint"), "quiet small"), subject.block, text.block)
  let kind: string = before === null ? kinds[0] : "own"
  let isLinked = before?.text.includes(location.origin) ?? false
  own.hidden = kind !== "own"
  const which = choices({
    legend: say("remind.which"), type: "radio",
    of: [
      ...kinds.map((one) => ({ value: one, what: say(`remind.${one}`), then: say(`remind.${one}.text`), checked: one === kind })),
      { value: "own", what: say("remind.own"), checked: kind === "own" },
    ],
    onChange: ([chosen = kinds[0]]) => {
      kind = chosen
      own.hidden = kind !== "own"
    },
  })
  const link = choices({
    legend: say("remind.link"), unseenLegend: true, type: "checkbox",
    of: [{ value: "link", what: say("remind.link"), then: say("remind.linkHint"), checked: isLinked }],
    onChange: (chosen) => { isLinked = chosen.length > 0 },
  })
  const weeks = selectField({ label: say("remind.every"), value: String(before?.every_weeks ?? 2) }, intervals.map((n) => [n, say("remind.weeks", { n: Number(n) })]))
  const weekday = selectField({ label: say("remind.day"), value: String(before?.weekday ?? 6) }, [1, 2, 3, 4, 5, 6, 7].map((day) => [String(day), weekdayOf(day)]))
  const hour = selectField({ label: say("remind.hour"), hint: say("remind.zone", { zone }), value: String(before?.hour ?? 10) }, Array.from({ length: 24 }, (_, i) => [String(i), hourOf(i)]))
  const done = submit(before !== null && nudges.confirmed ? say("remind.save") : say("remind.send"))
  const settingsNow = (): NudgeSettings => {
    const [words, title] = kind === "own" ? [text.control.value, subject.control.value] : [say(`remind.${kind}.text` as Key), say(`remind.${kind}` as Key)]
    const unlinked = words.replaceAll(location.origin, "").trim()
    return {
      to: to.control.value.trim(), subject: title.trim(), text: isLinked ? `${unlinked}\n${location.origin}` : unlinked,
      every_weeks: Number(weeks.control.value), weekday: Number(weekday.control.value), hour: Number(hour.control.value), zone, code: "",
    }
  }
  visit.page.show({
    heading: say("remind.heading"),
    body: [
      ...told("remind.intro"),
      form(
        () => void whileBusy(done, done.textContent, async () => {
          const settings = settingsNow()
          if (isWritten({ to, subject, text }, settings, kind === "own")) await send(visit, opened, nudges, settings, (why) => to.wrong(why))
        }),
        to.block, which, own, link, weeks.block, weekday.block, hour.block, actions(done, button(say("own.close"), () => void showStatus(visit, opened), "link"))),
    ],
  })
}

/** Says at its field what is missing, and what would tell somebody else what this is. */
function isWritten(fields: { to: Field<HTMLInputElement>, subject: Field<HTMLInputElement>, text: Field<HTMLTextAreaElement> }, settings: NudgeSettings, isOwn: boolean): boolean {
  for (const field of [fields.to, fields.subject, fields.text]) field.wrong(null)
  if (!/^[^\s@<>,;"()]+@[^\s@<>,;"()]+$/u.test(settings.to)) fields.to.wrong(say("remind.toWrong"))
  else if (isOwn && (settings.subject === "" || tellsWhatThisIs(settings.subject))) fields.subject.wrong(say(settings.subject === "" ? "remind.empty" : "remind.tells"))
  else if (isOwn && (settings.text.trim() === "" || tellsWhatThisIs(settings.text.replaceAll(location.origin, "")))) fields.text.wrong(say(settings.text.trim() === "" ? "remind.empty" : "remind.tells"))
  else return true
  return false
}

async function send(visit: Visit, opened: Opened, nudges: Nudges, settings: NudgeSettings | null, wrong: (why: string) => void): Promise<void> {
  const failed = await putNudge(edge, opened.author, nudges.revision + 1, settings)
  if (failed === null) {
    await showReminder(visit, opened)
    if (settings === null) visit.page.announce(say("remind.stopped"))
    return
  }
  // A wrong try counts too: the next one needs the number after it.
  const now = await askNudges(edge, opened.author)
  if (!("failed" in now)) Object.assign(nudges, now)
  const key = `remind.refused.${failed.failed}`
  wrong(failed.failed === "unreachable" ? say("status.failed") : has(key) ? say(key) : refused(failed.failed))
}

function mailSheet(nudges: Nudges, { to, subject, text, every_weeks, weekday, hour }: NudgeSettings): Child {
  const row = (label: string, value: Node | string) => h("div", {}, h("dt", {}, label), h("dd", {}, value))
  return h("section", { class: "sheet" }, h("dl", { class: "facts" },
    row(say("remind.nextWhen"), isolated(momentOf((nudges.next_s ?? 0) * 1000))),
    row(say("remind.to"), isolated(to)),
    row(say("remind.from"), isolated(nudges.sender ?? "")),
    row(say("remind.subject"), isolated(subject)),
    row(say("remind.text"), isolated(text)),
    row(say("remind.every"), say("remind.weeks", { n: every_weeks })),
    row(say("remind.day"), isolated(weekdayOf(weekday))),
    row(say("remind.hour"), isolated(hourOf(hour)))))
}
