import { paragraph } from "../dom.js"
import { actions, button } from "../fields.js"
import { say } from "../say.js"
import { showBefore } from "./before.js"
import type { Draft, Visit } from "./visit.js"

type Show = (visit: Visit) => unknown

/** The way of an author, in its order. Each screen is loaded when somebody comes to it. */
const steps = {
  before: () => Promise.resolve(showBefore),
  device: async () => (await import("./first-questions.js")).showDevice,
  age: async () => (await import("./first-questions.js")).showAge,
  signed: async () => (await import("./first-questions.js")).showSigned,
  keep: async () => (await import("./keep.js")).showKeep,
  write: async () => (await import("./write.js")).showWrite,
  rooms: async () => (await import("./rooms.js")).showRooms,
  deadlines: async () => (await import("./deadlines.js")).showDeadlines,
  reach: async () => (await import("./reach.js")).showReach,
  name: async () => (await import("./name.js")).showName,
  number: async () => (await import("./number.js")).showNumber,
  cards: async () => (await import("./cards.js")).showCards,
  counselors: async () => (await import("./counselors.js")).showCounselors,
  entry: async () => (await import("./entry.js")).showEntry,
  agree: async () => (await import("./agree.js")).showAgree,
  stop: async () => (await import("./second-code.js")).showStopSheet,
  receipt: async () => (await import("./receipt.js")).showReceipt,
} satisfies Record<string, () => Promise<Show>>

export type Step = keyof typeof steps

const order = Object.keys(steps) as Step[]

/** Steps before the account itself have no number. */
const firstNumbered: Step = "write"

/** Steps that only those see whose account may meet another. */
const forMatching: readonly Step[] = ["cards", "agree"]
/** And those whose account leaves the device for anybody else. */
const forOthers: readonly Step[] = ["counselors", "stop"]

export async function show(visit: Visit, wanted: Step): Promise<void> {
  const step = mustReadFirst(visit.draft, wanted) ? "cards" : wanted
  const screen = await load(visit, step)
  if (screen === null) return

  if (step === firstNumbered) void loadAll()
  visit.draft.at = step
  visit.store.save(visit.draft)
  screen(visit)
}

/** Goes on where a draft was left. */
export function goOn(visit: Visit): Promise<void> {
  return show(visit, order.find((step) => step === visit.draft.at) ?? firstNumbered)
}

/** Loads what may follow, so that losing the network later stops nobody from writing. What fails now is loaded when it is needed. */
async function loadAll(): Promise<void> {
  const rest = [() => import("./unlock.js"), () => import("../protocol.js"), () => import("../identify.js"), () => import("./room.js"), async () => (await import("../help.js")).loadHelp()]
  for (const each of [...order.map((step) => steps[step]), ...rest]) await each().catch(() => null)
}

/** A screen that cannot be loaded loses nothing: it is tried again when somebody asks. */
async function load(visit: Visit, step: Step): Promise<Show | null> {
  try {
    return visit.draft.least === 1 && step === "counselors" ? (await import("./direct.js")).showNow : await steps[step]()
  } catch {
    visit.page.show({
      heading: say("load.heading"),
      body: [paragraph(say("load.text")), actions(button(say("entry.again"), () => void show(visit, step), "main"))],
    })
    return null
  }
}

/** The step after `from` that this draft needs. */
export function forward(visit: Visit, from: Step): Promise<void> {
  return show(visit, next(visit.draft, order.slice(order.indexOf(from) + 1)))
}

/** The step before `from` that this draft needs. */
export function back(visit: Visit, from: Step): Promise<void> {
  return show(visit, next(visit.draft, order.slice(0, order.indexOf(from)).reverse()))
}

/** A step's place among those with a number. */
export function stepOf(step: Step): { n: number; of: number } {
  const first = order.indexOf(firstNumbered)
  return { n: order.indexOf(step) - first + 1, of: order.length - first }
}

/** Nothing is locked for a match unless its cards were seen, by whatever way somebody came: a draft of last week, a choice that was changed. */
export function mustReadFirst(draft: Draft, wanted: Step): boolean {
  return draft.least !== null && draft.least > 1 && !draft.informed && order.indexOf(wanted) > order.indexOf("cards")
}

function next(draft: Draft, candidates: readonly Step[]): Step {
  return candidates.find((step) => !(forMatching.includes(step) && (draft.least ?? 0) < 2) && !(forOthers.includes(step) && draft.least === null)) ?? "before"
}
