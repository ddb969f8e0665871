import assert from "node:assert/strict"
import { test } from "node:test"
import { parseAccount } from "../core/record.js"
import { emptyDraft } from "../vault/author/visit.js"
import { accountOf, setAnswer, setState } from "../vault/author/record-draft.js"

const whole = {
  wetoo: "account/1", text: "a", sealed_day: 20780, rooms: { where: { state: "not-said", text: "" } },
  when: { typed: "spring 2019", edtf: "2019-21" }, episodes: [{ what: "b", when: { typed: "", edtf: null } }], wants: ["talk"], later: 1,
}

test("an account is read with members that nobody knows yet, and refused with a malformed one", () => {
  assert.equal(parseAccount(whole), whole)
  assert.ok(parseAccount({ wetoo: "account/1", text: "", sealed_day: 0 }))
  const broken: readonly object[] = [
    { wetoo: "account/2" }, { text: 1 }, { sealed_day: -1 }, { sealed_day: 1.5 }, { rooms: [] }, { rooms: { where: { state: "no", text: "" } } }, { rooms: { who: { state: "answered" } } },
    { when: { typed: "x", edtf: "2019-13" } }, { when: "2019" }, { episodes: {} }, { episodes: [{ what: 1, when: whole.when }] }, { episodes: [null] }, { wants: [1] },
  ]
  for (const change of broken) assert.equal(parseAccount({ ...whole, ...change }), null, JSON.stringify(change))
  assert.equal(parseAccount(null), null)
})

test("what was passed by is not in the account, and what was not said differs from what was forgotten", () => {
  const draft = emptyDraft()
  assert.deepEqual(accountOf(draft, 1).rooms, {})
  setState(draft, "words", "not-said")
  setState(draft, "since", "not-remembered")
  setAnswer(draft, "where", "The third floor.")
  draft.who = "My manager"
  const account = accountOf(draft, 20780)
  assert.deepEqual(account.rooms, {
    words: { state: "not-said", text: "" }, since: { state: "not-remembered", text: "" }, where: { state: "answered", text: "The third floor." }, who: { state: "answered", text: "My manager" },
  })
  assert.equal(parseAccount(account), account)
  setState(draft, "who", null)
  setState(draft, "where", null)
  assert.deepEqual(Object.keys(accountOf(draft, 1).rooms ?? {}).sort(), ["since", "words"])
})
