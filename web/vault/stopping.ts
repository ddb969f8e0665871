import type { LedgerEntry, Visit as AuthorVisit } from "../core/author.js"
import { newStopCode, parseStopCode, stopKeysOf, textOfStopCode } from "../core/stop-code.js"
import { setStop } from "../core/stopping.js"
import { edge } from "./transport.js"
import { stretch } from "./worker.js"

export function makeStopCode(): string {
  return textOfStopCode(newStopCode(edge.random))
}

/** Puts what a stop code needs to work into the author's own copy. Half a second of hard work. */
export async function prepareStop(author: AuthorVisit, text: string): Promise<void> {
  const code = parseStopCode(text)
  if (code !== null && author.box.stop === undefined) setStop(author, await stopKeysOf(code, author.keyset.deployment, stretch))
}

/** Notes an act in the author's own copy, in memory. */
export function note(author: AuthorVisit, act: string, answer: LedgerEntry["answer"]): void {
  author.box = { ...author.box, ledger: [...(author.box.ledger ?? []), { act, answer, day: edge.today() }] }
}
