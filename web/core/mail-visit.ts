import { hasFailed, type Failed } from "./author.js"
import { equal, toHex, type Random } from "./bytes.js"
import { emptyMail, forget, openBundle, openState, parseAnswer, putOf, bundleSize, sealBundle, sealState, stateSize, take, write, type Letter, type MailState, type Way } from "./mailbox.js"

/** What one of the two has at hand to look into a mailbox. */
export interface Side {
  readonly way: Way
  /** Signs what is said. */
  readonly seed: Uint8Array
  /** Keeps what is kept. */
  readonly stateKey: Uint8Array
  /** What the other may seal to before anything was said. */
  readonly first: string
  readonly random: Random
  /** What the other signs with, and can first be sealed to; `null` when they are nobody that was chosen. */
  other(counselor: string): { readonly key: Uint8Array, readonly recipient: string } | null
  /** Sends what is left, for this counselor, and gets the answer. */
  send(put: Uint8Array, counselor: string): Promise<Uint8Array | Failed>
}

/** Written and on its way: the same bytes go again until an answer comes. */
interface Leaving {
  readonly put: Uint8Array
  readonly state: Uint8Array
  /** How many of the unsent it holds. */
  readonly covers: number
}

const nobody = "00".repeat(32)

/** A mailbox that is open. Every exchange has one size, whether it looks, brings or takes. WEP-1, section 17. */
export class MailVisit {
  readonly #side: Side
  #state: MailState | null = null
  #revision = 0
  #unsent: readonly Letter[] = []
  #leaving: Leaving | null = null

  constructor(side: Side) {
    this.#side = side
  }

  get letters(): readonly Letter[] {
    return this.#state?.letters ?? []
  }

  /** The counselor's signing key in hex; `null` while nobody has the case. */
  get counselor(): string | null {
    return this.#state === null || this.#state.with === nobody ? null : this.#state.with
  }

  /** Whether what was written has left this device. */
  get isSent(): boolean {
    return this.#unsent.length === 0
  }

  /** Opens it: two exchanges, so that what was found is noted. `null`, or what came instead. */
  async open(): Promise<Failed | null> {
    return (await this.look()) ?? this.look()
  }

  /** Writes a message; `false` when there is no room for it. It leaves with the next exchange. */
  write(text: string, day: number): boolean {
    const next = this.#state === null || this.counselor === null ? null : write(this.#state, text, day)
    const letter = next?.letters.at(-1)
    if (next === null || letter === undefined) return false
    this.#state = next
    this.#unsent = [...this.#unsent, letter]
    return true
  }

  forget(letter: Letter): void {
    if (this.#state !== null) this.#state = forget(this.#state, letter)
  }

  /** One exchange. `null`, or what came instead: then it may be tried again, and nothing is lost or said twice. */
  async look(): Promise<Failed | null> {
    const { random } = this.#side
    const state = this.#state
    if (state !== null) this.#leaving ??= this.#leave(state)
    const put = this.#leaving?.put ?? putOf(0, random(stateSize), random(bundleSize))
    const bytes = await this.#side.send(put, state?.with ?? nobody)
    if (hasFailed(bytes)) return bytes
    const answer = parseAnswer(bytes)
    if (answer === null) return { failed: "malformed-message" }

    const counselor = toHex(answer.counselor)
    if (state !== null && this.#leaving !== null && equal(answer.state, this.#leaving.state)) this.#unsent = this.#unsent.slice(this.#leaving.covers)
    else this.#begin(answer.state, counselor)
    this.#leaving = null
    this.#revision = answer.revision
    this.#hear(answer.bundle, counselor)
    return null
  }

  #leave(state: MailState): Leaving {
    const { way, seed, stateKey, random } = this.#side
    const kept = sealState(state, stateKey, way.filingId, random)
    return { put: putOf(this.#revision + 1, kept, sealBundle(state, way, seed, random)), state: kept, covers: this.#unsent.length }
  }

  /** What is kept there holds, with what was written here meanwhile. */
  #begin(kept: Uint8Array, counselor: string): void {
    const { way, stateKey, first } = this.#side
    const found = openState(kept, stateKey, way.filingId)
    const begun = found !== null && found.with === counselor ? found : { ...emptyMail(counselor, first, this.#side.other(counselor)?.recipient ?? null), letters: (found?.letters ?? []).map(past) }
    const unsent = this.#unsent
    this.#unsent = []
    this.#state = begun
    for (const { text, day } of unsent) this.write(text, day)
  }

  #hear(bytes: Uint8Array, counselor: string): void {
    const key = this.#side.other(counselor)?.key
    if (this.#state === null || key === undefined) return
    const opened = openBundle(this.#state, { ...this.#side.way, from: this.#side.way.from === "author" ? "counselor" : "author" }, key, bytes)
    if (opened !== null) this.#state = take(this.#state, opened, this.#side.random)
  }
}

/** What was said with a counselor who has the case no more is read, and never sent again. */
function past(letter: Letter): Letter {
  return { ...letter, n: 0 }
}
