import type { Seen } from "../core/evidence-verdict.js"
import { h, isolated, paragraph } from "./dom.js"
import { locale } from "./language.js"
import { remember } from "./live.js"
import { dateOf, say } from "./say.js"

/** When something was there, by whose word: witnesses, and an authority where there is one. */
export function seenView(what: string | Node, { day, index, at_s, log, witnesses, timestamp }: Omit<Seen, "part">): HTMLElement {
  return h("section", { class: "sheet" },
    h("h2", {}, what),
    paragraph(at_s === null ? say("verify.nobody") : say("verify.seen", { time: timeOf(Number(at_s)) })),
    h("p", { class: "quiet small" }, say("verify.place", { index: String(index) }), " ", isolated(log)),
    witnesses.length > 0 && h("p", { class: "quiet small" }, say("verify.witnesses"), " ", ...witnesses.flatMap((name, i) => [i > 0 && ", ", isolated(name)])),
    paragraph(say("verify.day", { date: dateOf(day) }), "quiet small"),
    timestamp !== null && h("p", {}, say("verify.stamp", { time: timeOf(timestamp.at_s) }), " ", isolated(timestamp.authority)))
}

/** Seconds are what cosignatures have; the zone is everybody's. */
export function timeOf(at_s: number): string {
  const again = () => `${new Intl.DateTimeFormat(locale(), { dateStyle: "long", timeStyle: "medium", timeZone: "UTC", calendar: "gregory" }).format(new Date(at_s * 1000))} UTC`
  return remember(again(), again)
}
