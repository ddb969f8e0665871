import { hasFailed, type Failed } from "../../core/author.js"
import { limitsOf, mostCases, setLimits, type CounselorLimits } from "../../core/carrying.js"
import { fill, h, paragraph } from "../dom.js"
import { actions, button, form, selectField, submit, textField, whileBusy } from "../fields.js"
import { deskPlace, type DeskKey } from "../desk-protocol.js"
import { refused, say, told } from "../say.js"
import { today } from "../today.js"
import { edge } from "../transport.js"
import { hourOf } from "../when.js"
import { showCases } from "./cases.js"
import { dayOf } from "./clocks.js"
import type { DeskVisit } from "./visit.js"

/** What somebody takes on: how many, how many new ones, and when nothing new reaches them. It holds from the moment it is kept, and can be changed at any time. */
export function showLimits(visit: DeskVisit): void {
  const body = h("div", { class: "stack" })
  visit.page.show({
    heading: say("desk.limits.heading"),
    body: [...told("desk.limits.text"), body, actions(button(say("desk.case.back"), () => showCases(visit), "link"))],
  })
  void load(visit.key).then((limits) => {
    if (limits === null) return
    if (hasFailed(limits)) fill(body, paragraph(limits.failed === "unreachable" ? say("desk.unreachable") : refused(limits.failed), "wrong"), actions(button(say("desk.limits.again"), () => showLimits(visit))))
    else fill(body, limitsForm(visit, limits))
  })
}

async function load(key: DeskKey | null): Promise<CounselorLimits | Failed | null> {
  if (key === null) return null
  const place = await deskPlace()
  return hasFailed(place) ? place : limitsOf(edge, place, key)
}

function limitsForm(visit: DeskVisit, limits: CounselorLimits): HTMLElement {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  const most = textField({ label: say("desk.limits.most"), hint: say("desk.limits.mostHint"), value: String(limits.most), ltr: true })
  const weekly = textField({ label: say("desk.limits.weekly"), hint: say("desk.limits.weeklyHint"), value: limits.weekly === null ? "" : String(limits.weekly), ltr: true })
  const from = hours("desk.limits.from", limits.quiet?.from, say("desk.limits.quietHint", { zone }))
  const until = hours("desk.limits.until", limits.quiet?.until)
  const pause = textField({ label: say("desk.limits.pause"), hint: say("desk.limits.pauseHint"), value: writtenDay(limits.notBefore), ltr: true })
  const [wrong, kept] = [h("p", { class: "wrong", role: "alert" }), h("p", { role: "status" })]
  const keep = submit(say("desk.limits.keep"))
  const read = (): CounselorLimits | null => {
    const [many, few, day] = [numberOf(most.control.value), numberOf(weekly.control.value), dayOf(pause.control.value)]
    const [isOpen, isAny] = [pause.control.value.trim() === "", weekly.control.value.trim() === ""]
    const quiet = from.control.value === "" ? null : { from: Number(from.control.value), until: Number(until.control.value) }
    most.wrong(many === null ? say("desk.limits.wrongNumber") : null)
    weekly.wrong(!isAny && few === null ? say("desk.limits.wrongNumber") : null)
    until.wrong(quiet !== null && (until.control.value === "" || quiet.from === quiet.until) ? say("desk.limits.wrongHours") : null)
    pause.wrong(!isOpen && (day === null || day <= today() || day > today() + longestPause_days) ? say("desk.limits.wrongDay") : null)
    return [most, weekly, until, pause].some(({ control }) => control.hasAttribute("aria-invalid")) || many === null ? null
      : { most: many, weekly: isAny ? null : few, quiet, zone, notBefore: isOpen ? null : day }
  }
  return form(() => void whileBusy(keep, say("desk.limits.keep"), async () => {
    kept.textContent = wrong.textContent = ""
    const said = read()
    if (said === null || visit.key === null) return

    const place = await deskPlace()
    const failed = hasFailed(place) ? place : await setLimits(edge, place, visit.key, said)
    if (failed === null) kept.textContent = say("desk.limits.kept")
    else wrong.textContent = failed.failed === "unreachable" ? say("desk.unreachable") : refused(failed.failed)
  }), most.block, weekly.block, from.block, until.block, pause.block, wrong, kept, actions(keep))
}

const longestPause_days = 400

function hours(label: "desk.limits.from" | "desk.limits.until", value: number | undefined, hint?: string) {
  const every = Array.from({ length: 24 }, (_, hour) => [String(hour), hourOf(hour)] as const)
  return selectField({ label: say(label), hint, value: value === undefined ? "" : String(value) }, [["", say("desk.limits.never")], ...every])
}

function numberOf(typed: string): number | null {
  return /^\d{1,2}$/.test(typed.trim()) && Number(typed) <= mostCases ? Number(typed) : null
}

function writtenDay(day: number | null): string {
  return day === null || day <= today() ? "" : new Date(day * 86_400_000).toISOString().slice(0, 10)
}
