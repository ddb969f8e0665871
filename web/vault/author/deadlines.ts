import { deadlineOf, lastTimeOf, type LastTime } from "../../core/deadlines.js"
import type { Dated, Episode } from "../../core/record.js"
import { fill, h, isolated, paragraph, type Child } from "../dom.js"
import { form, selectField, stepActions } from "../fields.js"
import { countryName, inLanguage, likelyCountry, rulePacks, type Rule } from "../law/packs.js"
import { dateOf, say, told } from "../say.js"
import { today } from "../today.js"
import { dateEntry } from "./date-entry.js"
import { back, forward, stepOf } from "./flow.js"
import type { Visit } from "./visit.js"

/** Time limits, worked out on this device. What was typed here is sent nowhere. */
export async function showDeadlines(visit: Visit): Promise<void> {
  const { draft } = visit
  visit.page.show({
    heading: say("deadlines.heading"),
    step: stepOf("deadlines"),
    body: [
      ...told("deadlines.intro"),
      await deadlineWatch(draft.record, draft.country, (country) => {
        draft.country = country
        visit.store.save(draft)
      }),
      form(() => void forward(visit, "deadlines"), stepActions(() => void back(visit, "deadlines"))),
    ],
  })
}

/**
 * The time limits of a country for what an account tells. Without a date in the account it asks for one, which then stands
 * in the account too.
 */
export async function deadlineWatch(
  record: { when: Dated | null, readonly episodes: readonly Episode[] }, chosen: string | null, onCountry: (country: string) => void,
): Promise<HTMLElement> {
  const packs = await rulePacks()
  let country = chosen ?? likelyCountry(packs.map((pack) => pack.country))
  const list = h("div", { class: "stack", "aria-live": "polite" })
  const draw = () => fill(list, ...limits(packs.find((pack) => pack.country === country)?.rules ?? null, record, country))
  const pick = selectField(
    { label: say("deadlines.country"), hint: say("deadlines.countryHint"), value: country, onInput: (value) => {
      country = value
      onCountry(value)
      draw()
    } },
    [["", say("name.countryNone")], ...packs.map((pack) => [pack.country, countryName(pack.country)] as const), ["other", say("deadlines.other")]])
  const hadDate = lastTimeOf(record.when, record.episodes, today()) !== null
  draw()
  return h("div", { class: "stack" },
    pick.block,
    !hadDate && dateEntry({
      label: say("deadlines.last"), hint: say("room.when.hint"), value: record.when,
      onChange: (dated) => {
        record.when = dated
        draw()
      },
    }),
    list,
    h("div", { class: "note" }, ...told("deadlines.guide")))
}

function limits(rules: readonly Rule[] | null, { when, episodes }: { readonly when: Dated | null, readonly episodes: readonly Episode[] }, country: string): Child[] {
  if (country === "") return []
  if (rules === null) return [paragraph(say("deadlines.none"))]

  const last = lastTimeOf(when, episodes, today())
  if (last === null) return [paragraph(say("deadlines.noDate"))]
  return [
    last === "ongoing" && paragraph(say("deadlines.ongoing")),
    h("ul", { class: "limits plain" }, ...rules.map((rule) => limit(rule, last === "ongoing" ? { earliest: today(), latest: today() } : last))),
  ]
}

function limit(rule: Rule, last: LastTime): HTMLElement {
  const { earliest, latest, state, left_days } = deadlineOf(rule.period, last, today())
  const time = periodInWords(rule)
  const day = earliest === latest ? dateOf(earliest) : say("deadlines.between", { from: dateOf(earliest), to: dateOf(latest) })
  return h("li", {},
    h("p", {}, h("strong", {}, say(`deadlines.${state}`, { time })), " ", isolated(day)),
    state === "ahead" && paragraph(left_days === 0 ? say("deadlines.today") : say("deadlines.left", { n: left_days })),
    paragraph(inLanguage(rule.text)),
    rule.note !== undefined && paragraph(inLanguage(rule.note), "quiet"),
    h("p", { class: "quiet small" }, say("deadlines.checked", { date: dateOf(Date.parse(rule.checked_on) / 86_400_000) }), " ", isolated(rule.source.title)))
}

function periodInWords({ period: { days, months, years, less_days } }: Rule): string {
  const unit = days !== undefined ? "days" : months !== undefined ? "months" : "years"
  const words = say(`deadlines.${unit}`, { n: days ?? months ?? years ?? 0 })
  return less_days === undefined ? words : say("deadlines.less", { time: words, less: say("deadlines.days", { n: less_days }) })
}
