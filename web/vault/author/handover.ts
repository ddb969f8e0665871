import { answerHandover, readHandover } from "../../core/handover.js"
import { equal, fromBase64, fromHex } from "../../core/bytes.js"
import { h, paragraph, type Child } from "../dom.js"
import { button, evenActions, whileBusy } from "../fields.js"
import { refresh, type Opened, type OwnFiling } from "../later-protocol.js"
import { dateOf, refused, say, told } from "../say.js"
import { edge } from "../transport.js"
import { counselorName } from "./withdraw.js"

/** Who would be there for them from a day on: they say yes, or no without a reason. Yes and no are equally large. */
export function handoverOf(opened: Opened, filing: OwnFiling, again: (now: Opened) => void): Child[] {
  const [id, message, counselor] = [fromHex(filing.filingId, 16), fromBase64(filing.handover), fromHex(filing.counselor, 32)]
  const handover = id && message && readHandover(opened.author.keyset, id, message)
  const isOfTeam = opened.author.keyset.counselors.some((one) => handover && equal(one.signing, handover.counselor))
  if (!handover || !isOfTeam || counselor === null || !equal(handover.counselor, counselor)) return [paragraph(say("hand.unsigned"), "note care")]

  const name = opened.author.keyset.counselors.find((one) => equal(one.signing, handover.successor))?.name ?? ""
  const failed = h("p", { class: "wrong", role: "alert" })
  const answer = (text: string, agrees: boolean) => {
    const press: HTMLButtonElement = button(text, () => void whileBusy(press, text, async () => {
      const now = await answerHandover(edge, opened.author, filing.filingId, handover.successor, agrees) ?? await refresh(opened.author)
      if ("failed" in now) failed.textContent = now.failed === "unreachable" ? say("status.failed") : refused(now.failed)
      else again(now)
    }))
    return press
  }
  return [h("div", { class: "note stack" },
    h("h3", {}, say("hand.heading", { name })),
    ...told("hand.text", { name, from: counselorName(opened, filing), date: dateOf(handover.fromDay) }),
    filing.consented && paragraph(say("hand.reads", { name })),
    evenActions(answer(say("hand.yes"), true), answer(say("hand.no", { name }), false)), failed)]
}
