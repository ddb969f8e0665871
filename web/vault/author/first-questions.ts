import { fill, h, paragraph } from "../dom.js"
import { choices, form, stepActions } from "../fields.js"
import { say, told, type Key } from "../say.js"
import { back, forward, type Step } from "./flow.js"
import { isMinor, type Draft, type Visit } from "./visit.js"

interface Question<A extends string> {
  readonly step: Step & ("device" | "age" | "signed")
  readonly answers: readonly A[]
  readonly answer: A | null
  readonly take: (answer: A) => void
  /** What follows from the answer that stands now. */
  readonly advice: (answer: A) => Key | null
}

/** Whether somebody looks at this device: that decides what is proposed, never what is allowed. */
export function showDevice(visit: Visit): void {
  const { draft } = visit
  ask(visit, {
    step: "device", answers: ["yes", "maybe", "no"], answer: draft.device,
    take: (answer) => (draft.device = answer),
    advice: (answer) => (answer === "no" ? null : "device.advice"),
  })
}

/** Asked once, before anything is told, since laws may bind a counselor who hears from somebody under 18. */
export function showAge(visit: Visit): void {
  const { draft } = visit
  ask(visit, {
    step: "age", answers: ["under15", "under18", "adult", "unsaid"], answer: draft.age,
    take: (answer) => {
      draft.age = answer
      if (isMinor(draft)) draft.least = null
    },
    advice: (answer) => (isMinor({ age: answer }) ? "age.advice" : null),
  })
}

/** Whether a paper they signed may limit what they can publish. It limits nothing here. */
export function showSigned(visit: Visit): void {
  const { draft } = visit
  ask(visit, {
    step: "signed", answers: ["yes", "unsure", "no"], answer: draft.signed,
    take: (answer) => (draft.signed = answer),
    advice: (answer) => (answer === "no" ? null : "signed.advice"),
  })
}

/** One question with its reason. Each can be left open. */
function ask<A extends string>(visit: Visit, { step, answers, answer, take, advice }: Question<A>): void {
  const following = h("div", { "aria-live": "polite" })
  const show = (chosen: A | null) => {
    const key = chosen === null ? null : advice(chosen)
    fill(following, key !== null && h("div", { class: "note" }, ...told(key)))
  }
  show(answer)
  visit.page.show({
    heading: say(`${step}.heading`),
    body: [
      paragraph(say(`${step}.reason`)),
      form(
        () => void forward(visit, step),
        choices({
          legend: say(`${step}.heading`), unseenLegend: true, type: "radio",
          of: answers.map((value) => ({ value, what: say(`${step}.${value}` as Key), checked: value === answer })),
          onChange: ([value]) => {
            take(value as A)
            show(value as A)
          },
        }),
        following,
        stepActions(() => void back(visit, step))),
    ],
  })
}

