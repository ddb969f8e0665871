import type { Failed } from "../core/author.js"
import type { DeskEdge } from "../core/counselor.js"

const unreachable: Failed = { failed: "unreachable" }

const patience_ms = 20_000

/** A slow phone line still gets a megabyte through. */
const slowest_bytes_per_ms = 4
const refusalPrefix = "urn:wetoo:refusal:"

/** What the desk does otherwise than the pages of authors, which never send a cookie. */
export const site = { credentials: "omit" as RequestCredentials, onRefused: (_failed: string): void => {} }

/**
 * Asks our own server.
 *
 * @param body - Bytes of a message of the protocol, or an object to be sent as JSON.
 * @returns The answer's bytes, or what came instead.
 */
async function ask(
  method: "GET" | "POST" | "PUT",
  path: string,
  body?: Uint8Array | object,
  headers: Readonly<Record<string, string>> = {},
): Promise<Uint8Array | Failed> {
  const bytes = body === undefined || body instanceof Uint8Array ? body : new TextEncoder().encode(JSON.stringify(body))
  const type: Record<string, string> = bytes === undefined
    ? {}
    : { "content-type": body instanceof Uint8Array ? "application/octet-stream" : "application/json" }
  try {
    const response = await fetch(path, {
      method,
      body: bytes === undefined ? null : new Uint8Array(bytes),
      headers: { ...type, ...headers },
      cache: "no-store",
      credentials: site.credentials,
      redirect: "error",
      referrerPolicy: "no-referrer",
      signal: AbortSignal.timeout(patience_ms + (bytes?.length ?? 0) / slowest_bytes_per_ms),
    })
    const answer = new Uint8Array(await response.arrayBuffer())
    if (response.ok) return answer
    const failed = refusalOf(answer)
    site.onRefused(failed)
    return { failed }
  } catch {
    // The browser gives one error for every way a network fails, and a person can do the same about each: try again.
    return unreachable
  }
}

/** What the protocol takes from the browser: the network, random bytes, the day and the time. Nothing else in these pages has them. */
export const edge: DeskEdge = {
  ask,
  random: (size) => crypto.getRandomValues(new Uint8Array(size)),
  today: () => Math.floor(Date.now() / 86_400_000),
  now_s: () => Math.floor(Date.now() / 1000),
}

function refusalOf(answer: Uint8Array): string {
  try {
    const problem: unknown = JSON.parse(new TextDecoder().decode(answer))
    const type = typeof problem === "object" && problem !== null && "type" in problem ? problem.type : null
    if (typeof type === "string" && type.startsWith(refusalPrefix)) return type.slice(refusalPrefix.length)
  } catch {
    // Not a problem of ours: something on the way answered in the server's place.
  }
  return unreachable.failed
}
