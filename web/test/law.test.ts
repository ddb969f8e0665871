import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { deadlineOf, lastDayOf, lastTimeOf } from "../core/deadlines.js"
import { helpLines, rulePacks, type Checked, type Texts } from "../vault/law/packs.js"

const day = (iso: string) => Date.parse(iso) / 86_400_000
const iso = (n: number) => new Date(n * 86_400_000).toISOString().slice(0, 10)
const languages = ["en", "fr", "es", "ar"] as const

/** How old an entry may be. The build fails after that, until somebody has read its source again. */
const freshness_days = { rules: 365, lines: 180 } as const

/** What is wrong with an entry on a day; nothing, when it can be shown. */
function faults(entry: Checked, texts: readonly (Texts | null | undefined)[], today: number, most_days: number): string[] {
  const checked = day(entry.checked_on)
  const wrong: string[] = []
  if (!/^\d{4}-\d\d-\d\d$/.test(entry.checked_on) || Number.isNaN(checked)) wrong.push("no day on which it was checked")
  else if (checked > today) wrong.push("checked in the future")
  else if (today - checked > most_days) wrong.push(`checked ${today - checked} days ago`)
  if (!/^https?:\/\/[^\s]+$/.test(entry.source.url) || entry.source.title.trim() === "") wrong.push("no source")
  if (entry.checked_how.trim() === "") wrong.push("not said how it was checked")
  for (const text of texts) if (text && !languages.every((language) => (text[language]?.trim() ?? "") !== "")) wrong.push("not in all languages")
  return wrong
}

test("every time limit has a source, a day on which it was read, and is not stale", async () => {
  const today = Math.floor(Date.now() / 86_400_000)
  const ids = new Set<string>()
  for (const { country, rules } of await rulePacks()) {
    assert.match(country, /^[A-Z]{2}$/)
    for (const rule of rules) {
      assert.deepEqual(faults(rule, [rule.text, rule.note], today, freshness_days.rules), [], rule.id)
      assert.ok(!ids.has(rule.id), rule.id)
      ids.add(rule.id)
      const { days, months, years } = rule.period
      assert.equal([days, months, years].filter((n) => n !== undefined && Number.isInteger(n) && n > 0).length, 1, rule.id)
    }
  }
  assert.ok(ids.size > 0)
})

test("every help line has a source, a day on which it was read, and is not stale", async () => {
  const today = Math.floor(Date.now() / 86_400_000)
  for (const line of await helpLines()) {
    assert.deepEqual(faults(line, [line.for, line.hours], today, freshness_days.lines), [], line.name)
    assert.ok(line.phone !== null || line.web !== null, line.name)
    for (const number of [line.phone, line.message]) assert.ok(number === null || /^[\d -]{3,18}$/.test(number), line.name)
    assert.ok(line.languages.length > 0, line.name)
  }
})

test("an entry that nobody has read for too long fails, and so does one without a source", () => {
  const entry: Checked = { source: { title: "a", url: "https://a.example/" }, checked_on: "2026-01-01", checked_how: "read" }
  assert.deepEqual(faults(entry, [], day("2026-06-30"), 180), [])
  assert.deepEqual(faults(entry, [], day("2026-07-01"), 180), ["checked 181 days ago"])
  assert.deepEqual(faults({ ...entry, checked_on: "2027-01-01" }, [], day("2026-07-01"), 180), ["checked in the future"])
  assert.deepEqual(faults({ ...entry, source: { title: "", url: "x" } }, [{ en: "a" }], day("2026-01-02"), 180), ["no source", "not in all languages"])
})

test("periods end on the calendar's days, at month ends and in leap years too", () => {
  const ends: readonly (readonly [string, Parameters<typeof lastDayOf>[1], string])[] = [
    ["2026-01-15", { days: 180 }, "2026-07-14"], ["2025-11-30", { months: 3 }, "2026-02-28"], ["2027-11-30", { months: 3 }, "2028-02-29"],
    ["2026-03-01", { months: 3, less_days: 1 }, "2026-05-31"], ["2024-02-29", { years: 1 }, "2025-02-28"], ["2024-02-29", { years: 4 }, "2028-02-29"],
    ["2026-12-31", { months: 2 }, "2027-02-28"], ["2026-10-31", { months: 1 }, "2026-11-30"],
  ]
  for (const [from, period, to] of ends) assert.equal(iso(lastDayOf(day(from), period)), to, `${from} ${JSON.stringify(period)}`)
})

test("a later incident never has an earlier limit, and a month is never longer than 31 days", () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 40_000 }), fc.integer({ min: 0, max: 400 }), fc.integer({ min: 1, max: 72 }), (from, later, months) => {
    const end = lastDayOf(from, { months })
    assert.ok(lastDayOf(from + later, { months }) >= end)
    assert.ok(end - from >= 28 * months && end - from <= 31 * months)
  }), { numRuns: 2000 })
})

test("an incident 200 days ago: 180 days have passed, 300 days end in 100", () => {
  const today = day("2026-11-24")
  const last = { earliest: today - 200, latest: today - 200 }
  assert.equal(deadlineOf({ days: 180 }, last, today).state, "passed")
  assert.deepEqual(deadlineOf({ days: 300 }, last, today), { earliest: today + 100, latest: today + 100, state: "ahead", left_days: 100 })
})

test("an approximate incident has two bounds, and says when one has passed", () => {
  const today = day("2020-10-15")
  const dated = (edtf: string | null) => ({ typed: "", edtf })
  const summer = lastTimeOf(dated("2019-21/2020-22"), [], today)
  assert.deepEqual(summer, { earliest: day("2020-06-01"), latest: day("2020-08-31") })
  assert.equal(deadlineOf({ days: 120 }, summer as { earliest: number, latest: number }, today).state, "unsure")
  assert.deepEqual(lastTimeOf(dated("2019"), [{ what: "", when: dated("2020-05-03") }], today), { earliest: day("2020-05-03"), latest: day("2020-05-03") })
  assert.equal(lastTimeOf(dated("2020-03/.."), [], today), "ongoing")
  assert.equal(lastTimeOf(dated(null), [], today), null)
  assert.deepEqual(lastTimeOf(dated("2020"), [], today), { earliest: day("2020-01-01"), latest: today })
})
