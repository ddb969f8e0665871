import type { ContactContent } from "../../core/author.js"
import { nextTime, type ContactPlan } from "../../core/contact-plan.js"
import { h, isolated, paragraph, fill, type Child } from "../dom.js"
import { actions, button } from "../fields.js"
import { say } from "../say.js"
import { hourOf, momentOf, weekdaysOf } from "../when.js"

/**
 * How they want to be reached. Nothing is written, and no number shown, before it was read; and outside of their hours the button says when.
 *
 * @param plan - Theirs; `null` while there are only the words of the card.
 * @param seen - They have read it now.
 */
export function planView(plan: ContactPlan | null, contact: ContactContent, isSeen: boolean, seen: () => void): HTMLElement {
  const [how, words] = plan === null ? [contact.no_contact ? "" : contact.how, contact.say] : [plan.how, plan.say]
  return h("section", { class: "sheet" },
    h("h2", {}, say("desk.card.heading")),
    h("dl", { class: "facts" },
      ...fact(say("desk.card.call"), plan?.name ?? contact.call_me),
      ...(plan === null
        ? fact(say("desk.card.times"), contact.no_contact ? say("desk.card.noContact") : contact.times)
        : how === "" ? fact(say("desk.card.how"), say("desk.plan.onlyHere"))
        : fact(say("desk.card.times"), say("desk.plan.hours", { days: weekdaysOf(plan.days), from: hourOf(plan.from), to: hourOf(plan.to), zone: plan.zone }))),
      ...(plan === null || how === "" ? [] : [
        ...fact(say("desk.plan.voicemail"), say(plan.voicemail ? "plan.voicemail.yes" : "plan.voicemail.no")),
        ...fact(say("plan.answered"), say(`plan.answered.${plan.answered}`)),
      ]),
      ...(words === "" ? [] : fact(say("desk.card.say"), words)),
      ...(plan === null || plan.phrase === "" ? [] : fact(say("plan.phrase"), plan.phrase))),
    isSeen ? how !== "" && reaching(plan, how) : actions(button(say("desk.plan.read"), seen, "main")))
}

function reaching(plan: ContactPlan | null, how: string): HTMLElement {
  const shown = h("div", { "aria-live": "polite" })
  const next = plan === null ? Date.now() : nextTime(plan, Date.now())
  if (next === null) return paragraph(say("desk.plan.noTime"), "note")

  const isNow = plan === null || next <= Date.now()
  const show = button(isNow ? say("desk.plan.show") : say("desk.plan.notNow", { when: momentOf(next, plan.zone) }), () => {
    if (isNow) fill(shown, h("dl", { class: "facts" }, ...fact(say("desk.card.how"), how)))
  })
  if (!isNow) show.setAttribute("aria-disabled", "true")
  return h("div", { class: "stack" }, actions(show), shown)
}

function fact(name: string, text: string): Child[] {
  return [h("div", {}, h("dt", {}, name), text.trim() === "" ? h("dd", { class: "quiet" }, say("desk.card.blank")) : h("dd", {}, isolated(text)))]
}
