import { decisionOf, decisions, isOpen } from "../../core/decision.js"
import { h, paragraph } from "../dom.js"
import { actions, button, choices, form, submit } from "../fields.js"
import { dateOf, say } from "../say.js"
import { edge } from "../transport.js"
import { showRoom, type Room } from "./mailbox.js"
import { showWithdraw } from "./withdraw.js"

/** What comes next, decided alone: each way with what follows and which clock runs. It can be changed until their counselor has begun with it. */
export function showDecide(room: Room): void {
  const { visit, opened, filing, mail } = room
  const [decided, begun] = [decisionOf(mail.standing["decision"]), decisionOf(mail.theirs["begun"])]
  const home = button(say("back"), () => showRoom(room), "link")
  if (decided !== null && begun !== null && !isOpen(decided, begun)) {
    return visit.page.show({
      heading: say("decide.heading"),
      body: [
        h("section", { class: "sheet" }, h("h2", {}, say(`decide.${decided.what}`)), paragraph(say("decide.begun", { date: dateOf(begun.day) })), paragraph(say("decide.begunText"))),
        actions(home),
      ],
    })
  }
  let what = decided?.what
  const wrong = h("p", { class: "wrong", role: "alert" })
  const clock = h("p", { class: "note", role: "status", hidden: what === undefined }, what !== undefined && say(`decide.${what}.clock`))
  const save = () => {
    if (what === undefined) wrong.textContent = say("decide.missing")
    else if (what === "withdraw") showWithdraw(visit, opened, filing)
    else if (mail.stand({ ...mail.standing, decision: { what, day: edge.today() } })) {
      if (what === "meet" && filing.meet !== null) void import("./meet.js").then((next) => next.showMeet(visit, opened, filing))
      else showRoom(room)
    }
    else wrong.textContent = say("plan.tooLong")
  }
  visit.page.show({
    heading: say("decide.heading"),
    body: [
      paragraph(say("decide.intro")),
      decided !== null && paragraph(say("decide.now", { date: dateOf(decided.day) }), "quiet small"),
      form(save,
        choices({
          legend: say("decide.legend"), type: "radio",
          of: decisions.map((one) => ({ value: one, what: say(`decide.${one}`), then: say(`decide.${one}.then`), checked: one === what })),
          onChange: ([value]) => {
            what = decisions.find((one) => one === value)
            wrong.textContent = ""
            clock.hidden = what === undefined
            if (what !== undefined) clock.replaceChildren(h("span", {}, say(`decide.${what}.clock`)))
          },
        }),
        clock, wrong, actions(submit(say("decide.save")), home)),
    ],
  })
}
