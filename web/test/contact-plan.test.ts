import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { nextTime, planOf, type ContactPlan } from "../core/contact-plan.js"

const plan: ContactPlan = {
  name: "Ana", how: "+33 6 12 34 56 78", days: [6], from: 9, to: 12, zone: "Europe/Paris", say: "", voicemail: false, phrase: "blue kettle", answered: "end", review_day: null,
}
const at = (text: string) => Date.parse(text)

test("within their hours it is now, and else the next time by the clocks where they are", () => {
  assert.equal(nextTime(plan, at("2026-11-28T08:30:00Z")), at("2026-11-28T08:30:00Z")) // Saturday, half past nine in Paris.
  assert.equal(nextTime(plan, at("2026-11-28T11:00:00Z")), at("2026-12-05T08:00:00Z")) // Noon is over.
  assert.equal(nextTime(plan, at("2026-11-26T00:00:00Z")), at("2026-11-28T08:00:00Z"))
  assert.equal(nextTime({ ...plan, days: [7], from: 2, to: 3 }, at("2026-03-28T12:00:00Z")), at("2026-04-05T00:00:00Z")) // Two o'clock is skipped on 29 March.
  assert.equal(nextTime({ ...plan, zone: "Asia/Kolkata" }, at("2026-11-28T00:00:00Z")), at("2026-11-28T03:30:00Z"))
})

test("at no time, and in no zone that there is, there is none", () => {
  assert.equal(nextTime({ ...plan, days: [] }, 0), null)
  assert.equal(nextTime({ ...plan, zone: "Europe/Nowhere" }, 0), null)
})

test("what is no plan is none, whatever it holds", () => {
  assert.deepEqual(planOf({ ...plan, more: 1 }), plan)
  for (const wrong of [{ days: [0] }, { days: "Sat" }, { from: 12 }, { to: 25 }, { name: 7 }, { review_day: "soon" }]) assert.equal(planOf({ ...plan, ...wrong }), null)
  fc.assert(fc.property(fc.anything(), (value) => {
    const read = planOf(value)
    assert.ok(read === null || nextTime(read, 0) === null || nextTime(read, 0) !== undefined)
  }))
})
