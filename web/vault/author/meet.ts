import { askToMeet, giveTo, othersOf, type Introduction, type MeetOther } from "../../core/meet.js"
import { equal, toHex } from "../../core/bytes.js"
import { h, isolated, paragraph, type Child } from "../dom.js"
import { actions, button, evenActions, form, submit, textArea, textField, whileBusy } from "../fields.js"
import { noted, refresh, type Opened, type OwnFiling } from "../later-protocol.js"
import { refused, say, told } from "../say.js"
import { edge } from "../transport.js"
import { showStatus } from "./status.js"
import type { Visit } from "./visit.js"

/** Meeting who named the same person: each says yes twice, once before and once after they heard what it can mean. Until then neither gets a word of the other. */
export function showMeet(visit: Visit, opened: Opened, { filingId }: OwnFiling): void {
  const filing = opened.filings.find((one) => one.filingId === filingId)
  const meet = filing?.meet
  if (filing === undefined || !meet) return void showStatus(visit, opened)

  const others = othersOf(opened.author, filingId, meet)
  const [failed, isAsked] = [h("p", { class: "wrong", role: "alert" }), meet["asked"] === true]
  const ask = (label: string, asks: boolean, kind?: "link") => {
    const press: HTMLButtonElement = button(label, () => void whileBusy(press, label, async () => {
      const answer = await setMeeting(opened, filing, asks)
      if ("failed" in answer) failed.textContent = answer.failed === "unreachable" ? say("status.failed") : refused(answer.failed)
      else showMeet(visit, answer, filing)
    }), kind)
    return press
  }
  const home = button(say("own.close"), () => void showStatus(visit, opened), "link")
  visit.page.show({
    heading: say("meet.heading"),
    body: [
      ...told("meet.intro"),
      !isAsked && evenActions(ask(say("meet.would"), true), button(say("meet.not"), () => void showStatus(visit, opened))),
      isAsked && others.length === 0 && h("div", { class: "note" }, ...told("meet.asked")),
      ...others.map((other) => otherSheet(visit, opened, filing, other)),
      failed,
      actions(isAsked && ask(say("meet.back"), false, "link"), home),
    ],
  })
}

/** The first yes, or that it is taken back; noted among what they said yes to. */
export async function setMeeting(opened: Opened, filing: OwnFiling, asks: boolean): Promise<Opened | { readonly failed: string }> {
  return (await askToMeet(edge, opened.author, filing.filingId, asks)) ?? noted(opened.author, "C8", asks ? "yes" : "no")
}

function otherSheet(visit: Visit, opened: Opened, filing: OwnFiling, other: MeetOther): HTMLElement {
  return h("section", { class: "sheet" }, ...(
    other.introduction === "wrong" ? [paragraph(say("meet.wrong"), "note care")]
    : other.introduction !== null ? bothView(other.introduction)
    : other.given ? [h("h2", {}, say("meet.other")), ...told("meet.given")]
    : [h("h2", {}, say("meet.other")), ...whoseWord(opened, filing, other), h("h3", {}, say("meet.risk")), ...told("meet.riskText"), secondYes(visit, opened, filing, other)]))
}

/** Which counselor stands by the other; somebody whom this author left out is told of as such. */
function whoseWord({ author }: Opened, { filingId }: OwnFiling, { by }: MeetOther): Child[] {
  const name = author.keyset.counselors.find((one) => equal(one.signing, by))?.name ?? ""
  const isChosen = author.box.accounts.some((account) => account.filing_id === filingId && account.counselors.includes(toHex(by)))
  return [paragraph(say("meet.by", { name }), "quiet"), !isChosen && paragraph(say("meet.notChosen", { name }), "note care")]
}

function bothView({ name, how, say: words }: Introduction): Child[] {
  const row = (label: string, value: string) => value.trim() !== "" && h("div", {}, h("dt", {}, label), h("dd", {}, isolated(value)))
  return [h("h2", {}, say("meet.both")), h("dl", { class: "facts" }, row(say("meet.theirName"), name), row(say("meet.theirHow"), how), row(say("meet.theirSay"), words)), ...told("meet.bothText")]
}

function secondYes(visit: Visit, opened: Opened, filing: OwnFiling, other: MeetOther): HTMLElement {
  const name = textField({ label: say("meet.name") })
  const how = textField({ label: say("meet.how"), hint: say("meet.howHint") })
  const words = textArea({ label: say("meet.say") })
  const failed = h("p", { class: "wrong", role: "alert" })
  const give = submit(say("meet.give"))
  give.className = "plain" // Yes and no look alike.
  return form(() => void whileBusy(give, say("meet.give"), async () => {
    how.wrong(how.control.value.trim() === "" ? say("meet.empty") : null)
    if (how.control.value.trim() === "") return

    const [own, theirs, text] = [name, how, words].map(({ control }) => control.value.trim()) as [string, string, string]
    const now = await giveTo(edge, opened.author, filing.filingId, other, { name: own, how: theirs, say: text }) ?? await refresh(opened.author)
    if ("failed" in now) failed.textContent = now.failed === "unreachable" ? say("status.failed") : now.failed === "message-too-large" ? say("meet.tooLong") : refused(now.failed)
    else showMeet(visit, now, filing)
  }), name.block, how.block, words.block, failed, evenActions(give, button(say("meet.not"), () => void showStatus(visit, opened))))
}
