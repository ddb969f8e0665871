import type { Done, Job } from "./argon2-worker.js"

/** Trusted Types: the addresses that a script may be started from. */
export const scripts = trustedScripts()

/** This device has no room for the sum. Never is a smaller one taken in its place: what it gives would meet nobody's. */
export class TooLittleMemory extends Error {
  override readonly name = "TooLittleMemory"
}

/** The worker could not be loaded: without a network it is not always there. */
export class WorkerAway extends Error {
  override readonly name = "WorkerAway"
}

/** Does a job beside the page, which stays quick meanwhile. The worker ends with its job, and its memory with it. */
function inWorker<T extends Uint8Array | bigint>(job: Job): Promise<T> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(scripts("/argon2-worker.js"), { name: "sum" })
    worker.onmessage = ({ data }: MessageEvent<Done>) => {
      worker.terminate()
      if ("answer" in data) resolve(data.answer as T)
      else reject(new TooLittleMemory())
    }
    worker.onerror = () => {
      worker.terminate()
      reject(new WorkerAway())
    }
    worker.postMessage(job)
  })
}

/**
 * Argon2id (RFC 9106) with 64 MiB, t = 3, p = 1: 32 bytes. Takes about half a second, on a slow phone several.
 * Rejects with `TooLittleMemory` where 64 MiB are not to be had.
 */
export function stretch(password: Uint8Array, salt: Uint8Array): Promise<Uint8Array> {
  return inWorker<Uint8Array>({ kind: "stretch", password, salt })
}

/** The nonce with which SHA-256(challenge ‖ nonce) begins with `bits` (up to 32) zero bits. */
export function work(challenge: Uint8Array, bits: number): Promise<bigint> {
  return inWorker<bigint>({ kind: "work", challenge, bits })
}

function trustedScripts(): (address: string) => string {
  const own = (address: string) => {
    if (address !== "/argon2-worker.js" && address !== "/sw.js") throw new Error("not a script of ours")
    return address
  }
  const policies = (globalThis as { trustedTypes?: { createPolicy(name: string, rules: object): { createScriptURL(address: string): string } } }).trustedTypes
  const policy = policies?.createPolicy("wetoo", { createScriptURL: own })
  return policy ? (address) => policy.createScriptURL(address) : own
}
