import assert from "node:assert/strict"
import { writeFileSync } from "node:fs"
import { test } from "node:test"
import { generateX25519Identity, identityToRecipient } from "age-encryption"
import { encryptTo } from "../core/age.js"
import { ascii, toHex } from "../core/bytes.js"
import { colleaguesOf, passOn, putBy, putTogether, type Asked } from "../core/key-recovery.js"
import { publicKey } from "../core/signing.js"
import type { TeamMember, TeamRole } from "../core/team.js"
import { stream } from "./vectors.js"

const random = stream("wetoo key recovery, from TypeScript")
const owner = toHex(publicKey(random(32)))
const text = JSON.stringify({ wetoo: "desk-key/1", salt: "00", sealed: "AA==" })

async function colleague(role: TeamRole = "counselor"): Promise<TeamMember & { readonly identity: string }> {
  const identity = await generateX25519Identity()
  return { identity, name: "A", organisation: "", role, sinceDay: 0, languages: [], recipient: await identityToRecipient(identity), signing: toHex(publicKey(random(32))) }
}

const team = await Promise.all([colleague(), colleague("coordinator"), colleague("ombuds")])
const made = putBy(owner, team, text, random) ?? assert.fail()

async function asked(recipient: string, of: number, share = made.shares[of]?.sealed): Promise<readonly [typeof team[number], Asked]> {
  return [team[of] ?? assert.fail(), { id: "00".repeat(16), owner, recipient, askedDay: 1, share: share ?? null, given: false }]
}

test("any two colleagues give a key back, and no one alone", async () => {
  const anew = await generateX25519Identity()
  const recipient = await identityToRecipient(anew)
  const given = await Promise.all([0, 1, 2].map(async (of) => {
    const [who, what] = await asked(recipient, of)
    return await passOn({ age: who.identity, signing: "" }, what, random) ?? assert.fail()
  }))

  for (const pair of [[0, 1], [2, 0], [1, 2], [0, 1, 2]]) {
    assert.equal(await putTogether(anew, owner, made.box, pair.map((i) => given[i] ?? assert.fail())), text)
  }
  for (const some of [[], [0], [1, 1]]) {
    assert.equal(await putTogether(anew, owner, made.box, some.map((i) => given[i] ?? assert.fail())), null)
  }
  // A colleague who gives something else is in nobody's way.
  const wrong = encryptTo([recipient], random(70), random) ?? assert.fail()
  assert.equal(await putTogether(anew, owner, made.box, [wrong, given[0] ?? assert.fail(), given[1] ?? assert.fail()]), text)
  assert.equal(await putTogether(anew, toHex(publicKey(random(32))), made.box, given), null)
  if (process.env["WETOO_WRITE_VECTORS"] === "1") {
    writeFileSync("../spec/vectors/from-typescript/key-recovery.json", `${JSON.stringify({
      owner, text, box: toHex(made.box), identity: anew, shares: given.map(toHex),
    }, null, 2)}\n`)
  }
})

test("what is not a share of that key is not sealed to anybody: a vault cannot have a colleague open an account for it", async () => {
  const recipient = await identityToRecipient(await generateX25519Identity())
  const [who] = await asked(recipient, 0)
  const account = encryptTo([who.recipient], ascii(JSON.stringify({ wetoo: "account/1", text: "What happened" })), random) ?? assert.fail()
  const [, instead] = await asked(recipient, 0, account)
  assert.equal(await passOn({ age: who.identity, signing: "" }, instead, random), null)

  const [, anothers] = await asked(recipient, 1)
  assert.equal(await passOn({ age: who.identity, signing: "" }, anothers, random), null)
  const [, mine] = await asked(recipient, 0)
  assert.equal(await passOn({ age: who.identity, signing: "" }, { ...mine, owner: toHex(publicKey(random(32))) }, random), null)
  assert.equal(await passOn({ age: who.identity, signing: "" }, { ...mine, share: null }, random), null)
})

test("it takes two colleagues, and those who run the machines are none", async () => {
  assert.equal(putBy(owner, team.slice(0, 1), text, random), null)
  assert.equal(putBy(owner, team, "x".repeat(1100), random), null)
  const admin = await colleague("admin")
  assert.deepEqual(colleaguesOf([...team, admin], team[0]?.signing ?? "").map(({ signing }) => signing), team.slice(1).map(({ signing }) => signing))
})
