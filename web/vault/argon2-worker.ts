import { argon2id } from "hash-wasm"
import { findWork } from "../core/credential.js"

/** What the page asks of its worker: work that would hold up the screen. */
export type Job =
  | { readonly kind: "stretch"; readonly password: Uint8Array; readonly salt: Uint8Array }
  | { readonly kind: "work"; readonly challenge: Uint8Array; readonly bits: number }

/** What the worker says: what it found, or that this device has no room for it. */
export type Done = { readonly answer: Uint8Array | bigint } | { readonly failed: "memory" }

/** So many nonces are tried before the next look at the message queue. */
const stride = 1 << 16

addEventListener("message", (event: MessageEvent<Job>) => {
  void run(event.data).then((answer) => ({ answer }), () => ({ failed: "memory" as const })).then((done: Done) => postMessage(done))
})

async function run(job: Job): Promise<Uint8Array | bigint> {
  if (job.kind === "stretch") return stretch(job.password, job.salt)

  for (let from = 0n; ; from += BigInt(stride)) {
    const nonce = findWork(job.challenge, job.bits, from, stride)
    if (nonce !== null) return nonce
  }
}

/** Argon2id (RFC 9106), 64 MiB, three passes, one lane, 32 bytes. It throws when there is no room for 64 MiB. */
function stretch(password: Uint8Array, salt: Uint8Array): Promise<Uint8Array> {
  return argon2id({ password, salt, iterations: 3, memorySize: 65_536, parallelism: 1, hashLength: 32, outputType: "binary" })
}
