import assert from "node:assert/strict"
import { writeFileSync } from "node:fs"
import { test } from "node:test"
import { generateX25519Identity, identityToRecipient } from "age-encryption"
import { sha256 } from "@noble/hashes/sha2.js"
import { ascii, concat, fromHex, toHex } from "../core/bytes.js"
import { blindedOwn, conflictPutOf, conflictTagOf } from "../core/conflicts.js"
import type { Keyset } from "../core/keyset.js"
import { mailNumberOf } from "../core/mail-number.js"
import { differences, keyNumberOf, parseTeam, teamChangeOf, writeTeam, type TeamMember } from "../core/team.js"
import { publicKey, verify } from "../core/signing.js"
import { readVectors, stream } from "./vectors.js"

/** A change of a team, as either language writes it. */
interface Written {
  readonly deployment: string
  readonly seed: string
  readonly before: string
  readonly after: string
  readonly change: string
  readonly number: string
  readonly mailbox: string
  readonly keeper: string
  readonly start: string
  readonly conflict: string
  readonly asked: string
}

async function write(): Promise<Written> {
  const random = stream("wetoo team, from TypeScript")
  const [deployment, seed, other, keeper, start] = [random(16), random(32), random(32), random(32), random(64)]
  const member = async (key: Uint8Array, more: Partial<TeamMember>): Promise<TeamMember> => ({
    name: "Inès", organisation: "Aide & Droit", role: "counselor", sinceDay: 20_000, languages: ["fr", "ar"],
    recipient: await identityToRecipient(await generateX25519Identity()), signing: toHex(publicKey(key)), ...more,
  })
  const [first, second] = [await member(seed, {}), await member(other, { name: "Tomasz", organisation: "", role: "coordinator", sinceDay: 20_001, languages: [] })]
  const [before, after] = [writeTeam({ changedDay: 20_000, members: [first] }), writeTeam({ changedDay: 20_001, members: [first, second] })]
  return {
    deployment: toHex(deployment), seed: toHex(seed), before, after, change: toHex(teamChangeOf(deployment, before, after, seed)),
    number: keyNumberOf(first.signing, first.recipient), mailbox: mailNumberOf({ deployment, filingId: start.slice(0, 16) }, publicKey(seed), first.recipient, keeper), keeper: toHex(keeper), start: toHex(start),
    conflict: toHex(conflictPutOf(deployment, keeper, 7, [random(64), start], seed, random)),
    asked: toHex(blindedOwn({ deployment, epoch: 3 } as Keyset, seed, [random(32)], 20_001, random).request),
  }
}

function checkConflict({ deployment, seed, keeper, start, conflict, asked }: Written): void {
  const key = publicKey(fromHex(seed, 32) ?? assert.fail())
  const [put, request] = [fromHex(conflict, 661) ?? assert.fail(), fromHex(asked, 265) ?? assert.fail()]
  assert.equal(toHex(put.slice(0, 85)), `01${deployment}${keeper}${toHex(key)}00000007`)
  assert.ok(verify("conflict", put.slice(0, 597), put.slice(597), key))
  const tag = toHex(conflictTagOf(fromHex(start, 64) ?? assert.fail(), fromHex(keeper, 32) ?? assert.fail(), key))
  assert.deepEqual(Array.from({ length: 16 }, (_, j) => toHex(put.slice(85 + 32 * j, 117 + 32 * j)) === tag).filter(Boolean), [true])
  assert.ok(verify("team-evaluate", request.slice(0, 201), request.slice(201), key))
  assert.equal(toHex(request.slice(0, 25)), `01${deployment}0000000300004e21`)
  assert.equal(toHex(request.slice(41, 73)), toHex(key))
}

function check(written: Written): void {
  if (written.conflict !== undefined) checkConflict(written)
  const { deployment, seed, before, after, change, number, mailbox, start, keeper } = written
  const [key, message] = [fromHex(seed, 32) ?? assert.fail(), fromHex(change, 177) ?? assert.fail()]
  assert.deepEqual(message.slice(0, 113), concat(Uint8Array.of(1), fromHex(deployment, 16) ?? assert.fail(), publicKey(key), sha256(ascii(before)), sha256(ascii(after))))
  assert.ok(verify("team-change", message.slice(0, 113), message.slice(113), publicKey(key)))

  const [was, is] = [parseTeam(before) ?? assert.fail(), parseTeam(after) ?? assert.fail()]
  const first = was.members[0] ?? assert.fail()
  assert.deepEqual(first.languages, ["fr", "ar"])
  assert.equal(keyNumberOf(first.signing, first.recipient), number)
  const of = (filing: number, author: Uint8Array) =>
    mailNumberOf({ deployment: fromHex(deployment, 16) ?? assert.fail(), filingId: (fromHex(start, 64) ?? assert.fail()).slice(filing, filing + 16) }, author, first.recipient, fromHex(keeper, 32) ?? assert.fail())
  assert.equal(of(0, publicKey(key)), mailbox)
  assert.match(mailbox, /^\d{5}( \d{5}){5}$/)
  assert.notEqual(of(1, publicKey(key)), mailbox)
  assert.notEqual(of(0, key), mailbox)
  const { came, left } = differences(was, is)
  assert.deepEqual([came.map((one) => `${one.name} ${one.role}`), left], [["Tomasz coordinator"], []])
  assert.deepEqual(differences(is, was).left.map((one) => one.name), ["Tomasz"])
}

test("a change of a team can be written for C#", async () => {
  const written = await write()
  if (process.env["WETOO_WRITE_VECTORS"] === "1") writeFileSync("../spec/vectors/from-typescript/team.json", `${JSON.stringify(written, null, 2)}\n`)
  check(written)
})

for (const folder of ["from-csharp", "from-typescript"]) {
  test(`a change of a team that was written down is right in every part: ${folder}`, () => check(readVectors(`${folder}/team.json`) as Written))
}

test("a roster with somebody in a list that is not of their role is none", () => {
  const one = { name: "A", recipient: "age1a", signing: "00".repeat(32) }
  const roster = (counselors: object[], staff: object[]) => parseTeam(JSON.stringify({ wetoo: "roster/1", counselors, staff }))
  assert.notEqual(roster([one], []), null)
  assert.equal(roster([{ ...one, role: "admin" }], []), null)
  assert.equal(roster([], [{ ...one, role: "ombuds" }]), null)
  assert.equal(roster([{ ...one, role: "friend" }], []), null)
})
