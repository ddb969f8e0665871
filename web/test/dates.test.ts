import assert from "node:assert/strict"
import { test } from "node:test"
import { ascii, concat, toBase64, toHex } from "../core/bytes.js"
import { haveChanged, noticeOf, parseTold, policyOfAll, standingOf, type Held, type Told } from "../core/dates.js"
import { ageKeysOf } from "../core/evidence.js"
import { entryOf } from "../core/log-entry.js"
import { parseToken } from "../core/timestamp.js"
import { noteKinds } from "../core/tlog-note.js"
import { linesOf, parsePolicy } from "../core/tlog-policy.js"
import { u32 } from "../core/wire.js"
import { wordOf } from "../vault/dating.js"
import { TestAuthority } from "./test-authority.js"
import { TestLog, TestSigner } from "./test-log.js"

const [thing, salt, deployment, filingId] = [ascii("{\"wetoo\":\"account/1\"}"), new Uint8Array(32).fill(1), new Uint8Array(16).fill(2), "03".repeat(16)]
const signer = new TestSigner("log.example", noteKinds.log, 1)
const [first, second] = [2, 3].map((n) => new TestSigner(`w${n}.example`, noteKinds.witness, n)) as [TestSigner, TestSigner]
const rules = (...witnesses: readonly TestSigner[]) => `log ${signer.text} https://log.example\n${witnesses.map((one, i) => `witness w${i} ${one.text} https://w${i}.example\n`).join("")}group all all ${witnesses.map((_, i) => `w${i}`).join(" ")}\nquorum all\n`
const own = rules(first)

function told(by: readonly TestSigner[], changes: Partial<Told["entries"][number]> = {}, logged = thing): Told {
  const log = new TestLog(signer)
  log.append(entryOf(3, salt, thing))
  const entry = entryOf(1, salt, logged)
  const proof = log.proof(log.append(entry), signer.line(log.checkpoint()), ...by.map((one, i) => one.line(log.checkpoint(), 1000 + i)))
  return { policy: own, entries: [{ entry: toHex(entryOf(1, salt, thing)), filingId: null, day: 9, salt: null, proof, timestamp: null, ...changes }] }
}

const standing = (of: Told, ...policies: readonly string[]) => standingOf(of, 1, salt, thing, policies.length > 0 ? policies : [own], parseToken)

test("a date holds by the witnesses that somebody knows, and by no others", () => {
  const dated = standing(told([first])) as Held
  assert.deepEqual([dated.kind, dated.proof.index, dated.shown], ["dated", 1n, { at_s: 1000n, witnesses: ["w0"] }])
  assert.equal(standing(told([second])).kind, "witnesses")
  assert.equal(standing(told([])).kind, "witnesses")
  assert.equal(standing(told([first]), own.replace(signer.text, new TestSigner("other.example", noteKinds.log, 8).text)).kind, "log-unknown")
  assert.equal(standing(told([first]), rules(second), own).kind, "dated", "what was dated under earlier rules keeps its date, and so under later ones")
  assert.equal(standing(told([first]), own, rules(second)).kind, "dated")
})

test("what is missing, still waits, or is of something else is told apart", () => {
  assert.equal(standing({ policy: own, entries: [] }).kind, "unlogged")
  assert.equal(standing(told([first], { proof: null })).kind, "waiting")
  assert.equal(standing(told([first], {}, ascii("another"))).kind, "not-proven")
  assert.equal(standing(told([first], { proof: "none" })).kind, "not-proven")
})

test("a token that does not hold is as none, and one that does names its authority", () => {
  const authority = new TestAuthority()
  const proof = told([first]).entries[0]?.proof ?? ""
  const text = proof.split("\n\n")[1] ?? ""
  const [right, wrong] = [authority.stamp(`${text}\n`), authority.stamp("another\n")]
  authority.close()
  assert.equal((standing(told([first], { timestamp: right })) as Held).token?.authority, "Clock of Tests")
  const without = standing(told([first], { timestamp: wrong })) as Held
  assert.deepEqual([without.token, without.dated.timestamp], [null, null])
})

test("rules that name other witnesses have changed; other addresses are no change", () => {
  const says = (policy: string | null) => ({ policy, entries: [] })
  assert.equal(haveChanged(says(own.replaceAll("https://", "http://elsewhere.")), [own]), false)
  assert.equal(haveChanged(says(null), [own]), false)
  for (const other of [rules(second), rules(first, second), own.replace("quorum all", "quorum none"), "quorum nobody\n"]) assert.equal(haveChanged(says(other), [own]), true, other)
})

test("a package has the newest rules by which all of it has its date", () => {
  const [one, other] = [standing(told([first, second]), own), standing(told([first]), own)] as [Held, Held]
  assert.equal(policyOfAll([one], [own, rules(first, second)]), rules(first, second))
  assert.equal(policyOfAll([one, other], [own, rules(first, second)]), own)
  assert.equal(policyOfAll([one, other], [rules(second)]), null)
})

test("a notice of a match is taken for a filing of its author, when its entry is of it", () => {
  const notice = concat(ascii("wetoo/v1/match-notice"), deployment, new Uint8Array(16).fill(3), u32(77))
  const entry = { entry: toHex(entryOf(9, salt, notice)), filingId, day: 77, salt, proof: null, timestamp: null }
  const of = (...entries: Told["entries"][number][]) => noticeOf({ policy: null, entries }, deployment, [filingId])
  assert.deepEqual(of(entry), { thing: notice, salt, day: 77 })
  assert.equal(of({ ...entry, day: 76 }), null)
  assert.equal(of({ ...entry, filingId: "04".repeat(16) }), null)
  assert.equal(of({ ...entry, entry: toHex(entryOf(3, salt, notice)) }), null)
})

test("an answer with a malformed member is none", () => {
  const entry = { entry: "00".repeat(34), filing_id: null, day: 1, salt: null, proof: null, timestamp: toBase64(Uint8Array.of(1)) }
  const read = (answer: unknown) => parseTold(ascii(JSON.stringify(answer)))
  assert.equal(read({ policy: null, entries: [entry] })?.entries.length, 1)
  for (const wrong of [{ entry: "00" }, { filing_id: "0" }, { day: -1 }, { salt: "00" }, { proof: 1 }, { timestamp: "!" }]) assert.equal(read({ policy: null, entries: [{ ...entry, ...wrong }] }), null, JSON.stringify(wrong))
  assert.equal(read({ policy: 1, entries: [] }), null)
  assert.equal(read({ policy: null }), null)
})

test("the age keys of a signer are of one form, and always the same", () => {
  const { identity, recipient } = ageKeysOf(new Uint8Array(32).fill(9))
  assert.match(identity, /^AGE-SECRET-KEY-1[0-9A-Z]{58}$/)
  assert.match(recipient, /^age1[0-9a-z]{58}$/)
  assert.deepEqual(ageKeysOf(new Uint8Array(32).fill(9)), { identity, recipient })
})

test("what a policy asks for is shown whole: keys, groups, and how many of whom", () => {
  const shown = (text: string) => linesOf(parsePolicy(text) ?? assert.fail())
  const both = rules(first, second)
  assert.deepEqual(shown(both), [`log ${signer.text}`, `witness w0 ${first.text}`, `witness w1 ${second.text}`, "group all 2 w0 w1", "quorum all"])
  const weaker = [both.replace("group all all", "group all any"), both.replace("quorum all", "quorum w0"), both.replace("quorum all", "quorum none"), both.replace(signer.text, new TestSigner("log.example", noteKinds.log, 9).text)]
  for (const text of weaker) assert.notDeepEqual(shown(text), shown(both))
})

test("where the log is not told of, that is told", () => {
  const [dated, waiting] = [standing(told([first])), standing({ policy: own, entries: [] })]
  const word = (keyset: typeof dated, roster: typeof dated, changed: string | null = null) => wordOf({ keyset, roster, changed })
  assert.deepEqual([word(dated, dated), word(dated, waiting), word(dated, standing(told([second]))), word(dated, dated, own)], ["logged", "early", "wrong", "changed"])
  assert.deepEqual([wordOf({ failed: "not-found" }), wordOf({ failed: "unreachable" }), wordOf(null)], ["unasked", "unasked", null])
})
