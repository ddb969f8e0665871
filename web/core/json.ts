export type Json = Readonly<Record<string, unknown>>

export function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

/** Reads a text, or its UTF-8, as one JSON object; `null` for anything else. */
export function parseJson(text: unknown): Json | null {
  const read = text instanceof Uint8Array ? new TextDecoder().decode(text) : text
  if (typeof read !== "string") return null
  try {
    const value: unknown = JSON.parse(read)
    return isObject(value) ? value : null
  } catch {
    return null
  }
}

export function isWhole(value: unknown, least: number, most: number): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= least && value <= most
}

/** Reads each item of a list; `null` when it is no list or one item cannot be read. */
export function listOf<T>(value: unknown, read: (item: Json) => T | null): T[] | null {
  if (!Array.isArray(value)) return null
  const items = value.map((item) => (isObject(item) ? read(item) : null))
  return items.includes(null) ? null : (items as T[])
}
