import { say } from "./say.js"
import { edge } from "./transport.js"

/** Why a device's own lock did not help: it cannot do this, nobody let it, or it opens nothing here. */
export type PasskeyFailure = "cannot" | "cancelled" | "nothing"

/** ES256, EdDSA, RS256: what authenticators sign with. Nobody here checks a signature: what counts is the PRF. */
const algorithms = [-7, -8, -257] as const

/** Whether this browser knows passkeys at all; it says nothing about whether anybody made one here. */
export function passkeysAreKnown(): boolean {
  return "PublicKeyCredential" in window
}

/** Makes a passkey with a name that says nothing. @returns The 32 bytes that it answers for `input`, or why there are none. */
export async function makePasskey(input: Uint8Array): Promise<Uint8Array | PasskeyFailure> {
  const name = say("title")
  const made = await ask(() => navigator.credentials.create({
    publicKey: {
      challenge: fresh(32), rp: { name }, user: { id: fresh(16), name, displayName: name },
      pubKeyCredParams: algorithms.map((alg) => ({ type: "public-key", alg })),
      authenticatorSelection: { residentKey: "required", userVerification: "required" },
      extensions: { prf: { eval: { first: new Uint8Array(input) } } },
    },
  }))
  if (typeof made === "string") return made

  const { prf } = made.getClientExtensionResults()
  return prf?.enabled !== true ? "cannot" : prf.results === undefined ? answerOf(input, [{ type: "public-key", id: made.rawId }]) : bytesOf(prf.results.first)
}

/** Asks the device's own lock what it answers for `input`. */
export async function answerOf(input: Uint8Array, allowCredentials: PublicKeyCredentialDescriptor[] = []): Promise<Uint8Array | PasskeyFailure> {
  const got = await ask(() => navigator.credentials.get({
    publicKey: { challenge: fresh(32), allowCredentials, userVerification: "required", extensions: { prf: { eval: { first: new Uint8Array(input) } } } },
  }))
  if (typeof got === "string") return got

  const results = got.getClientExtensionResults().prf?.results
  return results === undefined ? "cannot" : bytesOf(results.first)
}

/** Browsers say with one error that somebody said no, that time ran out, and that there is no passkey: nobody learns which. */
async function ask(request: () => Promise<Credential | null>): Promise<PublicKeyCredential | PasskeyFailure> {
  try {
    const credential = await request()
    return credential instanceof PublicKeyCredential ? credential : "cannot"
  } catch (e) {
    return e instanceof DOMException && (e.name === "NotAllowedError" || e.name === "AbortError") ? "cancelled" : "cannot"
  }
}

function bytesOf(source: BufferSource): Uint8Array {
  return source instanceof ArrayBuffer ? new Uint8Array(source) : new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
}

function fresh(size: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(edge.random(size))
}
