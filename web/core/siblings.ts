import { fromHex, toHex } from "./bytes.js"
import { decrypt, seedOf, type CounselorKeys } from "./desk.js"
import { isObject, isWhole, listOf, parseJson } from "./json.js"
import type { Keyset } from "./keyset.js"
import { publicKey } from "./signing.js"

/** What a counselor found: 1 yes, 2 no, 3 it cannot be told; 4 that one person wrote both and uses the other one now. WEP-1, section 9.1. */
export type FindingAnswer = 1 | 2 | 3 | 4

/** Answers to "Did two people write?" and "Do they mean the same person?", as far as they were given. */
export interface Compared {
  readonly authors: FindingAnswer | null
  readonly named: FindingAnswer | null
}

/** Another case of a match, as far as a counselor must know it to compare. WEP-1, section 12. */
export interface Sibling {
  readonly caseId: string
  readonly filingId: string
  /** Who has it: a signing key, in hex; empty while nobody has. */
  readonly counselor: string
  /** As the roster names them; `null` for who is not on it, or nobody. */
  readonly name: string | null
  /** Whether this counselor has it too. */
  readonly own: boolean
  /** Whether this case's author chose that counselor too. */
  readonly mayShare: boolean
  /** What that counselor wrote for the others; `null` when there is nothing, or not for this counselor. */
  readonly sheet: string | null
  readonly mine: Compared
  readonly theirs: Compared
}

/** The other cases of a match; `null` when they cannot be read. */
export async function siblingsOf(keyset: Keyset, keys: CounselorKeys, value: unknown): Promise<readonly Sibling[] | null> {
  const own = toHex(publicKey(seedOf(keys)))
  const names = new Map(keyset.counselors.map(({ name, signing }) => [toHex(signing), name]))
  const found = listOf(value, ({ case_id, filing_id, counselor, may_share, sheet, mine, theirs }) => {
    const [here, there] = [comparedOf(mine), comparedOf(theirs)]
    return fromHex(case_id, 16) !== null && fromHex(filing_id, 16) !== null && typeof counselor === "string" && here !== null && there !== null
      ? { sealed: sheet, sibling: {
          caseId: case_id as string, filingId: filing_id as string, counselor, name: names.get(counselor) ?? null, own: counselor === own,
          mayShare: may_share === true, mine: here, theirs: there,
        } }
      : null
  })
  return found === null ? null : Promise.all(found.map(async ({ sealed, sibling }) => ({ ...sibling, sheet: await sheetOf(keys, sealed) })))
}

/** The text of a sheet; `null` when it is not there or not for this counselor. */
export async function sheetOf(keys: CounselorKeys, base64: unknown): Promise<string | null> {
  const sheet = base64 === null ? null : parseJson(await decrypt(keys, base64))
  return sheet?.["wetoo"] === "sheet/1" && typeof sheet["text"] === "string" ? sheet["text"] : null
}

function comparedOf(value: unknown): Compared | null {
  if (!isObject(value)) return null
  const [authors, named] = [answerOf(value["authors"], 4), answerOf(value["named"], 3)]
  return authors === undefined || named === undefined ? null : { authors, named }
}

/** `undefined` when it is none. */
function answerOf(value: unknown, most: number): FindingAnswer | null | undefined {
  return value === null ? null : isWhole(value, 1, most) ? value as FindingAnswer : undefined
}
