import { encryptTo } from "../../core/age.js"
import type { BoxAccount, Visit as AuthorVisit } from "../../core/author.js"
import { ascii, toHex } from "../../core/bytes.js"
import type { Held } from "../../core/dates.js"
import { ageKeysOf, packEvidence, type Attached } from "../../core/evidence.js"
import { readPackage } from "../../core/evidence-package.js"
import { verdictOf } from "../../core/evidence-verdict.js"
import type { FileReference } from "../../core/file-reference.js"
import { parsePolicy } from "../../core/tlog-policy.js"
import { Crc32 } from "../../core/zip.js"
import { sha256 } from "@noble/hashes/sha2.js"
import check from "../../core/check.sh"
import { ownPart } from "../files.js"
import { fetched } from "../files-view.js"
import { dateOf, say } from "../say.js"
import { timeOf } from "../seen-view.js"
import { edge } from "../transport.js"
import type { Ready } from "./dates.js"
import { pdfFrom, type Block } from "./paper.js"
import { partsOf } from "./parts.js"

/** What of an account goes into its package. */
export interface Chosen {
  /** Which of its files, from 1. */
  readonly files: ReadonlySet<number>
  readonly match: boolean
}

/**
 * The package of an account, checked as whoever gets it would check it, by the rules that its author knows.
 *
 * @returns `null` when a file did not come, or the package would not match.
 */
export async function packageOf(author: AuthorVisit, { account, addenda = [] }: BoxAccount, ready: Ready, chosen: Chosen): Promise<Blob | null> {
  const files: Attached<Blob>[] = []
  for (const number of [...chosen.files].sort((a, b) => a - b)) {
    const one = await attachedOf(author, account.files?.[number - 1], number)
    if (one === null) return null
    files.push(one)
  }
  const { signerSeed } = author.keys
  const match = chosen.match && ready.match !== null ? { ...ready.match.dated, day: ready.match.notice.day, index: ready.match.proof.index } : null
  const blocks = blocksOf({ account, addenda }, ready, match?.day ?? null)
  const age = encryptTo([ageKeysOf(signerSeed).recipient], ascii(`${textOf(ready.account)}\n${JSON.stringify(account)}\n`), edge.random)
  if (age === null) return null

  const pieces = packEvidence<Blob>({
    account: ready.account.dated, addenda: ready.addenda.map(({ dated }) => dated), match, policy: ready.policy,
    sealed_day: account.sealed_day, index: ready.account.proof.index, files, age, check,
    readme: readmeOf(account.sealed_day, ready, match?.day ?? null), text: `${blocks.map(({ text }) => text).join("\n\n")}\n`,
    pdf: await pdfFrom(blocks, (n, of) => `${n} / ${of}`, { name: "account.json", type: "application/json", bytes: ready.account.dated.thing }),
  }, signerSeed)
  const whole = new Blob(pieces.map((piece) => (piece instanceof Blob ? piece : new Uint8Array(piece))))
  const source = { size: whole.size, read: async (from: number, to: number) => new Uint8Array(await whole.slice(from, to).arrayBuffer()) }
  return verdictOf(await readPackage(source), parsePolicy(ready.policy)).kind === "matches" ? whole : null
}

async function attachedOf(author: AuthorVisit, file: FileReference | undefined, number: number): Promise<Attached<Blob> | null> {
  const content = file && await fetched(file, ownPart(author))
  if (file === undefined || content == null) return null
  const sum = new Crc32()
  for (let at = 0; at < content.size; at += 1_048_576) sum.push(new Uint8Array(await content.slice(at, at + 1_048_576).arrayBuffer()))
  const ending = /\.([A-Za-z0-9]{1,5})$/.exec(file.name)?.[1]?.toLowerCase() ?? ""
  return { number, ending, size: content.size, sha256: file.sha256, crc: sum.value, content }
}

function textOf({ dated }: Held): string {
  return new TextDecoder().decode(dated.thing)
}

/** The account for people: on paper, and as text. */
function blocksOf({ account, addenda }: Required<Pick<BoxAccount, "account" | "addenda">>, ready: Ready, toldDay: number | null): Block[] {
  return [
    { look: "title", text: say("evidence.paper.title") },
    { look: "text", text: say("export.paper.sealed", { date: dateOf(account.sealed_day) }) },
    { look: "text", text: seenBy(ready.account) },
    ...(toldDay === null ? [] : [{ look: "text", text: say("evidence.paper.told", { date: dateOf(toldDay) }) } as const]),
    { look: "quiet", text: say("evidence.paper.means") },
    { look: "quiet", text: say("export.paper.made", { date: dateOf(edge.today()) }) },
    ...partsOf(account).flatMap(({ room, paragraphs }): Block[] => [
      { look: "heading", text: say(`room.${room}`) }, ...paragraphs.map((passages) => ({ look: "text", text: passages.join("") }) as const),
    ]),
    ...addenda.slice(0, ready.addenda.length).flatMap(({ kind, text, sealed_day }): Block[] => [
      { look: "heading", text: say(`addenda.${kind}`, { date: dateOf(sealed_day) }) }, { look: "text", text },
    ]),
    { look: "heading", text: say("export.paper.check") },
    { look: "quiet", text: `${say("verify.place", { index: String(ready.account.proof.index) })} ${ready.account.proof.checkpoint.origin}` },
    { look: "quiet", text: say("evidence.paper.data", { hash: toHex(sha256(ready.account.dated.thing)) }) },
  ]
}

function seenBy({ shown }: Held): string {
  return shown.at_s === null ? say("verify.nobody") : say("verify.seen", { time: timeOf(Number(shown.at_s)) })
}

/** What the package shows and does not, and how to check each part: what stands four spaces in is typed as it is, in a folder that holds the package and nothing else. */
function readmeOf(sealed_day: number, ready: Ready, toldDay: number | null): string {
  const hasStamp = ready.account.dated.timestamp !== null
  const parts: readonly (string | false | readonly string[])[] = [
    say("evidence.readme.title"),
    say("evidence.readme.what", { date: dateOf(sealed_day) }), seenBy(ready.account),
    toldDay !== null && say("evidence.readme.told", { date: dateOf(toldDay) }),
    say("evidence.readme.not"), say("evidence.readme.files"), say("evidence.readme.whom"),
    say("evidence.readme.script"), ["sh check.sh -p ../trusted.txt"],
    say("evidence.readme.program"), ["wetoo verify --policy ../trusted.txt ../document.zip"],
    say("evidence.readme.hand"), ["sha256sum -c manifest.sha256"],
    say("evidence.readme.signed"), [
      String.raw`printf '302A300506032B6570032100%s' "$(sed -n 's/.*"signer":"\([0-9a-f]*\)".*/\1/p' account.json)" | tr a-f A-F | basenc --base16 -d >../signer.der`,
      String.raw`printf '\021wetoo/v1/manifest' | cat - manifest.sha256 >../signed.bin`,
      "openssl pkeyutl -verify -pubin -keyform DER -inkey ../signer.der -rawin -in ../signed.bin -sigfile manifest.sig",
    ],
    say("evidence.readme.number"), ["{ head -c 64 salt.hex | tr a-f A-F | basenc --base16 -d; cat account.json; } | sha256sum"],
    hasStamp && say("evidence.readme.stamp"), hasStamp && [
      "sed -e '1,/^$/d' -e '/^$/,$d' proof.tlog >../checkpoint.txt",
      "openssl ts -verify -token_in -in timestamp.tst -data ../checkpoint.txt -CAfile ../authority.pem",
    ],
    say("evidence.readme.locked"), [String.raw`age -d -i ../key.txt account.age | head -n 1 | tr -d '\n' | cmp - account.json`],
  ]
  return parts.filter((part) => part !== false).map((part) => (typeof part === "string" ? `${part}\n` : part.map((line) => `    ${line}\n`).join(""))).join("\n")
}
