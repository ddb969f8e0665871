import type { ContactPlan } from "../../core/contact-plan.js"
import { h, isolated, paragraph } from "../dom.js"
import { actions, button, choices, form, selectField, submit, textArea, textField } from "../fields.js"
import { dateOf, say } from "../say.js"
import { edge } from "../transport.js"
import { hourOf, weekdayOf } from "../when.js"
import { planNow, showRoom, type Room } from "./mailbox.js"

/** When to ask again, in days. */
const reviews = [30, 90, 0] as const

/** How its author wants to be reached outside of the mailbox, or that they do not. Their counselor sees it before anything else. */
export function showPlan(room: Room): void {
  const before = planNow(room)
  const how = textField({ label: say("plan.how"), hint: say("plan.howHint"), value: before.how })
  const name = textField({ label: say("plan.name"), hint: say("plan.nameHint"), value: before.name })
  const phrase = textField({ label: say("plan.phrase"), hint: say("plan.phraseHint"), value: before.phrase })
  const words = textArea({ label: say("plan.say"), hint: say("plan.sayHint"), value: before.say })
  const hours = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => [String(from + i), hourOf(from + i)] as const)
  const from = selectField({ label: say("plan.from"), value: String(before.from) }, hours(0, 23))
  const to = selectField({ label: say("plan.to"), hint: say("plan.zone", { zone: before.zone }), value: String(before.to) }, hours(1, 24))
  const review = selectField({ label: say("plan.review"), value: before.review_day === null ? "0" : "30" }, reviews.map((n) => [String(n), say(`plan.review.${n}`)]))
  let [days, voicemail, answered] = [before.days, before.voicemail, before.answered]
  const wrong = h("p", { class: "wrong", role: "alert" })
  const save = () => {
    const outside = how.control.value.trim() !== ""
    to.wrong(outside && Number(to.control.value) <= Number(from.control.value) ? say("plan.hoursWrong") : null)
    wrong.textContent = outside && days.length === 0 ? say("plan.daysMissing") : ""
    if (wrong.textContent !== "" || to.control.getAttribute("aria-invalid") === "true") return

    const plan: ContactPlan = {
      name: name.control.value.trim(), how: how.control.value.trim(), days: outside ? days : [], from: Number(from.control.value), to: Math.max(Number(to.control.value), Number(from.control.value) + 1),
      zone: before.zone, say: words.control.value.trim(), voicemail, phrase: phrase.control.value.trim(), answered,
      review_day: review.control.value === "0" ? null : edge.today() + Number(review.control.value),
    }
    if (room.mail.stand({ ...room.mail.standing, plan })) showRoom(room)
    else wrong.textContent = say("plan.tooLong")
  }
  room.visit.page.show({
    heading: say("plan.heading"),
    body: [
      paragraph(say("plan.intro")),
      before.review_day !== null && paragraph(say("plan.reviewOn", { date: dateOf(before.review_day) }), "quiet small"),
      form(save, name.block, phrase.block, how.block,
        choices({
          legend: say("plan.days"), type: "checkbox", onChange: (ticked) => { days = ticked.map(Number) },
          of: [1, 2, 3, 4, 5, 6, 7].map((day) => ({ value: String(day), what: isolated(weekdayOf(day)), checked: days.includes(day) })),
        }),
        from.block, to.block,
        choices({
          legend: say("plan.voicemail"), type: "radio", onChange: ([value]) => { voicemail = value === "yes" },
          of: (["no", "yes"] as const).map((value) => ({ value, what: say(`plan.voicemail.${value}`), checked: voicemail === (value === "yes") })),
        }),
        choices({
          legend: say("plan.answered"), type: "radio", onChange: ([value]) => { answered = value === "say" ? "say" : "end" },
          of: (["end", "say"] as const).map((value) => ({ value, what: say(`plan.answered.${value}`), checked: answered === value })),
        }),
        words.block, review.block, wrong,
        actions(submit(say("plan.save")), button(say("back"), () => showRoom(room), "link"))),
    ],
  })
}
