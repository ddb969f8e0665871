import { hasFailed, type Failed } from "./author.js"
import { equal, fromHex, toHex, type Random } from "./bytes.js"
import type { FileReference } from "./file-reference.js"
import { bundleSize, emptyMail, forget, openBundle, openState, parseAnswer, putOf, sealBundle, sealState, stand, stateSize, take, waitingIn, withAnother, write, type Letter, type MailState, type Other, type Standing, type Way } from "./mailbox.js"

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
  other(counselor: string): Other | null
  /** Sends what is left, for this counselor, and gets the answer. */
  send(put: Uint8Array, counselor: string): Promise<Uint8Array | Failed>
}

/** Written and on its way: the same bytes go again until an answer comes. */
interface Leaving {
  readonly put: Uint8Array
  readonly state: Uint8Array
  /** How many of the unsent it holds. */
  readonly covers: number
  readonly standing: Standing | null
}

const nobody = "00".repeat(32)

/**
 * One exchange that only asks: whether the other said something that its owner has not seen. Nobody who never opened this mailbox is told of
 * anything.
 */
export async function glance({ way, stateKey, random, send }: Pick<Side, "way" | "stateKey" | "random" | "send">): Promise<boolean | Failed> {
  const bytes = await send(putOf(0, random(stateSize), random(bundleSize)), nobody)
  if (hasFailed(bytes)) return bytes
  const answer = parseAnswer(bytes)
  const state = answer && openState(answer.state, stateKey, way.filingId)
  const by = fromHex(state?.by, 32)
  if (answer === null || state === null || by === null) return false
  const opened = openBundle(state, { ...way, from: way.from === "author" ? "counselor" : "author" }, by, answer.bundle)
  return Math.max(state.received, ...(opened?.bundle.letters ?? []).map((one) => one.n)) > state.seen
}

/** A mailbox that is open. Every exchange has one size, whether it looks, brings or takes. WEP-1, section 17. */
export class MailVisit {
  readonly #side: Side
  #state: MailState | null = null
  #revision = 0
  #unsent: readonly Letter[] = []
  /** What holds from now on, as long as it has not left. */
  #standing: Standing | null = null
  #held: readonly Letter[] = []
  #leaving: Leaving | null = null
  #spoken = 0
  #last: Promise<Failed | null> = Promise.resolve(null)

  constructor(side: Side) {
    this.#side = side
  }

  get letters(): readonly Letter[] {
    return this.#state?.letters ?? []
  }

  /** The counselor's signing key in hex; `null` while nobody whom the author chose has the case. */
  get counselor(): string | null {
    return this.#state === null || this.#side.other(this.#state.with) === null ? null : this.#state.with
  }

  /** Whether its owner has seen who has the case now. Before, nothing is said. */
  get hasMet(): boolean {
    return this.#state !== null && this.#state.met === this.#state.with
  }

  /** What was written and never left, because another has the case now or there was no room: its writer decides anew. */
  get held(): readonly Letter[] {
    return this.#held
  }

  /** What was written and has not left this device. */
  get unsent(): readonly Letter[] {
    return this.#unsent
  }

  /** What has left, and the other does not have yet. */
  get waiting(): readonly Letter[] {
    return this.#state === null ? [] : waitingIn(this.#state).filter((one) => !this.#unsent.includes(one))
  }

  /** Those of the other that its owner has not seen. */
  get unseen(): readonly Letter[] {
    return this.letters.filter((one) => one.from === "them" && one.n > (this.#state?.seen ?? 0))
  }

  get standing(): Standing {
    return this.#state?.standing ?? {}
  }

  get theirs(): Standing {
    return this.#state?.theirs ?? {}
  }

  /** How many messages have left in this visit. What holds, and is no message, does not count. */
  get spoken(): number {
    return this.#spoken
  }

  /** Whether all that was said has left this device. */
  get isSent(): boolean {
    return this.#unsent.length === 0 && this.#standing === null
  }

  /** Opens it: two exchanges, so that what was found is noted. `null`, or what came instead. */
  async open(): Promise<Failed | null> {
    return (await this.look()) ?? this.look()
  }

  /** Its owner has seen who has the case. */
  meet(counselor: string): void {
    if (this.#state?.with === counselor) this.#state = { ...this.#state, met: counselor }
  }

  /** Its owner has seen all that is there. */
  see(): void {
    if (this.#state !== null) this.#state = { ...this.#state, seen: this.#state.received }
  }

  /** Writes a message; `false` when there is no room for it. It leaves with the next exchange. */
  write(text: string, day: number, files: readonly FileReference[] = []): boolean {
    const next = this.#state === null || this.counselor === null ? null : write(this.#state, text, day, files)
    const letter = next?.letters.at(-1)
    if (next === null || letter === undefined) return false
    this.#state = next
    this.#unsent = [...this.#unsent, letter]
    return true
  }

  /** Says what holds from now on; `false` when it is too long. It leaves with the next exchange. */
  stand(standing: Standing): boolean {
    const next = this.#state === null ? null : stand(this.#state, standing)
    if (next === null) return false
    this.#state = next
    this.#standing = standing
    return true
  }

  /** Takes a message out of what is kept. */
  forget(letter: Letter): void {
    this.#held = this.#held.filter((one) => one !== letter)
    if (this.#state !== null) this.#state = forget(this.#state, letter)
  }

  /** Holds what an earlier visit wrote, unless it had left. */
  hold(letters: readonly Letter[]): void {
    const known = (one: Letter) => this.letters.some((other) => other.from === "me" && other.n === one.n && other.text === one.text)
    this.#held = [...this.#held, ...letters.filter((one) => !known(one))]
  }

  /** One exchange, once those before it are over: what was written meanwhile leaves with it. `null`, or what came instead: then it may be tried again, and nothing is lost or said twice. `author-changed`: what a counselor kept is with another author than they are shown now. */
  look(): Promise<Failed | null> {
    const next = () => this.#exchange()
    return this.#last = this.#last.then(next, next)
  }

  async #exchange(): Promise<Failed | null> {
    const { random } = this.#side
    const state = this.#state
    if (state !== null) this.#leaving ??= this.#leave(state)
    const put = this.#leaving?.put ?? putOf(0, random(stateSize), random(bundleSize))
    const bytes = await this.#side.send(put, state?.with ?? nobody)
    if (hasFailed(bytes)) return bytes
    const answer = parseAnswer(bytes)
    if (answer === null) return { failed: "malformed-message" }

    const [counselor, left] = [toHex(answer.counselor), this.#leaving]
    this.#leaving = null
    if (left !== null && equal(answer.state, left.state)) this.#arrived(left)
    else if (!this.#begin(answer.state, counselor)) return { failed: "author-changed" }
    this.#revision = answer.revision
    this.#hear(answer.bundle, counselor)
    return null
  }

  #arrived({ covers, standing }: Leaving): void {
    this.#unsent = this.#unsent.slice(covers)
    this.#spoken += covers
    if (standing === this.#standing) this.#standing = null
  }

  #leave(state: MailState): Leaving {
    const { way, seed, stateKey, random } = this.#side
    const kept = sealState(state, stateKey, way.filingId, random)
    return { put: putOf(this.#revision + 1, kept, sealBundle(state, way, seed, random)), state: kept, covers: this.#unsent.length, standing: this.#standing }
  }

  /**
   * What is kept there holds, with what was written here meanwhile. What was written for another counselor is held: its writer has not seen who has the case now.
   *
   * @returns `false` when a counselor kept it with another author: whoever has the case, its author stays the same.
   */
  #begin(kept: Uint8Array, counselor: string): boolean {
    const { way, stateKey, first } = this.#side
    const [found, other] = [openState(kept, stateKey, way.filingId), this.#side.other(counselor)]
    if (way.from === "counselor" && found !== null && found.by !== (other && toHex(other.key))) return false

    const [unsent, standing] = [this.#unsent, this.#standing]
    this.#unsent = []
    this.#state = found === null ? emptyMail(counselor, first, other) : found.with === counselor ? found : withAnother(found, counselor, first, other)
    if (standing !== null) this.stand(standing)
    this.#held = [...this.#held, ...unsent.filter(({ text, day, files }) => !this.write(text, day, files))]
    return true
  }

  /** What is said by the one this mailbox is with. Who has the case since is heard when it has begun anew with them. */
  #hear(bytes: Uint8Array, counselor: string): void {
    const key = this.#side.other(counselor)?.key
    if (this.#state === null || this.#state.with !== counselor || key === undefined) return
    const opened = openBundle(this.#state, { ...this.#side.way, from: this.#side.way.from === "author" ? "counselor" : "author" }, key, bytes)
    if (opened !== null) this.#state = take(this.#state, opened, this.#side.random)
  }
}
