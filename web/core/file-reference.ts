import { fromHex } from "./bytes.js"
import { isObject, isWhole } from "./json.js"

/** The largest file, in bytes. */
export const largestFile = 500_000_000

/** A file of an account: where its parts are, and what opens them. `spec/record.md`. */
export interface FileReference {
  readonly id: string
  readonly name: string
  readonly type: string
  /** Of the original, without padding. */
  readonly size_bytes: number
  /** Of the original, in hexadecimal. */
  readonly sha256: string
  /** `AGE-SECRET-KEY-1…` of this file alone. */
  readonly key: string
  readonly parts: number
  /** A copy to look at, without what a camera wrote into it. */
  readonly view?: FileReference
}

export function isFileReference(value: unknown): value is FileReference {
  return isObject(value) && fromHex(value["id"], 16) !== null && fromHex(value["sha256"], 32) !== null
    && [value["name"], value["type"], value["key"]].every((text) => typeof text === "string")
    && isWhole(value["size_bytes"], 0, largestFile) && isWhole(value["parts"], 1, 512)
    && (value["view"] === undefined || isFileReference(value["view"]))
}
