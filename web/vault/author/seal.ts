import { fill, h, type Child } from "../dom.js"
import { actions, button } from "../fields.js"
import type { Attempt, Entry, Part, Place, Stage, Unfinished } from "../protocol.js"
import { refused, say, told } from "../say.js"
import { showLocked } from "./locked.js"
import { placeOrTryAgain } from "./place.js"
import { emptyDraft, type Visit } from "./visit.js"

/** How long the page rests between two tries; the last pause repeats. */
const pauses_s = [5, 10, 20, 40, 80, 160, 300]

const stages: readonly Stage[] = ["files", "words", "codes", "keepers", "lock", "send"]
const direct: readonly Stage[] = ["files", "words", "send"]

/** Begins to lock a draft, with its files if it has some. */
export async function startSealing(visit: Visit, entry: Entry): Promise<void> {
  const { beginSealing } = await import("../protocol.js")
  const upload = visit.draft.record.files.length === 0 ? null : new (await import("../files.js")).FileUpload(visit)
  const unfinished = beginSealing(entry, visit.draft, upload)

  // Under which number it leaves is kept before it leaves: coming back, nobody sends it twice.
  visit.store.save(visit.draft)
  await visit.store.flush()
  await showSeal(visit, unfinished)
}

/** The last step: locking what was written. */
export async function showSeal(visit: Visit, unfinished: Unfinished): Promise<void> {
  const place = await placeOrTryAgain(visit, () => showSeal(visit, unfinished))
  if (place === null) return

  const block = h("div", { class: "stack" })
  visit.page.show({ heading: say("seal.heading"), body: [...told("seal.intro"), block] })
  void sealInto(block, visit, place, unfinished, (day) => void done(visit, day, unfinished))
}

/** What is locked needs no draft any more, here or on this device. */
async function done(visit: Visit, day: number, unfinished: Unfinished): Promise<void> {
  await visit.store.end()
  visit.draft = emptyDraft()
  if (unfinished.account.least_number !== 1) return showLocked(visit, day, unfinished.account.least_number === null)
  const [{ showSent }, { showEnding }] = await Promise.all([import("./direct.js"), import("./ending.js")])
  showSent(visit, day, unfinished.account.contact, () => showEnding(visit))
}

/**
 * Seals what is unfinished and says honestly, in `block`, how far it is. When keepers are away it keeps trying for as long
 * as this screen is shown; closing the page loses nothing, since the unfinished filing waits under the ten words.
 */
export async function sealInto(
  block: HTMLElement, visit: Visit, place: Place, unfinished: Unfinished, locked: (day: number) => void,
): Promise<void> {
  const shownNow = visit.page.whileShown
  const wanted = unfinished.account.least_number === null ? stages.slice(0, 2) : unfinished.account.least_number === 1 ? direct : stages
  const shown = unfinished.upload === null ? wanted.slice(1) : wanted
  const items = new Map(shown.map((stage) => [stage, h("li", {}, say(`seal.${stage}`))]))
  const after = h("div", { class: "stack", "aria-live": "polite" })
  fill(block, h("ol", { class: "progress" }, ...items.values()), after)
  const progress = (now: Stage, part?: Part) => {
    const reached = shown.indexOf(now)
    const text = part === undefined ? say(`seal.${now}`) : say(now === "files" ? "seal.filesPart" : "seal.code", { n: part[0], of: part[1] })
    fill(items.get(now) ?? after, text)
    shown.forEach((stage, i) => items.get(stage)?.setAttribute("data-state", i < reached ? "done" : i === reached ? "now" : "later"))
    visit.page.announce(text)
  }

  const { advance } = await import("../protocol.js")
  for (let tries = 0; !shownNow.aborted; tries += 1) {
    const attempt = await advance(unfinished, progress)
    if (shownNow.aborted) return
    if ("lockedDay" in attempt) return locked(attempt.lockedDay)

    for (const item of items.values()) if (item.getAttribute("data-state") === "now") item.setAttribute("data-state", "stuck")
    if ("refused" in attempt) {
      return fill(after, h("div", { class: "note care" }, ...told("seal.stopped"), h("p", {}, refused(attempt.refused))))
    }
    const sooner = new AbortController()
    fill(after, ...waiting(visit, attempt, place, () => sooner.abort()))
    addEventListener("online", () => sooner.abort(), { signal: shownNow, once: true })
    await pause(pauses_s[Math.min(tries, pauses_s.length - 1)] ?? 300, [sooner.signal, shownNow])
    fill(after)
  }
}

/** What to say while it cannot go on: who did not answer, and that nothing is lost. */
function waiting({ store }: Visit, attempt: Extract<Attempt, { away: unknown }>, place: Place, tryNow: () => void): Child[] {
  const names = (indices: readonly number[]) =>
    place.keepers.filter((keeper) => indices.includes(keeper.index)).map((keeper) => keeper.name).join(", ")
  const of = { s: place.quorum, n: place.keepers.length }
  return [
    h("div", { class: "note care" },
      h("h2", {}, say("seal.waitHeading")),
      ...told(attempt.kept ? "seal.waiting" : store.kept ? "seal.onDevice" : "seal.notKept"),
      ...(attempt.away.length > 0 ? told("seal.away", { names: names(attempt.away), ...of }) : []),
      ...(attempt.faulty.length > 0 ? told("seal.faulty", { names: names(attempt.faulty), ...of }) : []),
      ...(attempt.tooLittleMemory ? told("seal.memory") : attempt.away.length + attempt.faulty.length === 0 ? told("seal.noServer") : []),
      ...(attempt.kept ? told("seal.retry") : [])),
    actions(button(say("seal.now"), tryNow, "main")),
  ]
}

function pause(seconds: number, sooner: readonly AbortSignal[]): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, seconds * 1000)
    for (const signal of sooner) {
      signal.addEventListener("abort", () => {
        clearTimeout(timer)
        resolve()
      }, { once: true })
    }
  })
}
