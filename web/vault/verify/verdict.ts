import { parseAddendum } from "../../core/addenda.js"
import type { Package } from "../../core/evidence-package.js"
import type { Verdict } from "../../core/evidence-verdict.js"
import { parseJson } from "../../core/json.js"
import { h, paragraph, type Child } from "../dom.js"
import { actions, button, details } from "../fields.js"
import type { Page } from "../page.js"
import { dateOf, say, told } from "../say.js"
import { seenView } from "../seen-view.js"

/** What a check came to, in words; and what was dated, as it stands there. */
export function showVerdict(page: Page, verdict: Verdict, held: Package | null, again: () => void): void {
  const end = actions(button(say("verify.again"), again))
  if (verdict.kind === "does-not-match") {
    page.show({
      heading: say("verify.no"), door: true,
      body: [
        h("div", { class: "note care" }, paragraph(say("verify.noText")),
          h("ul", {}, ...verdict.findings.map(({ part, fault }) => h("li", {}, h("code", { dir: "ltr", translate: "no" }, part), " – ", say(`verify.fault.${fault}`))))),
        end,
      ],
    })
    return
  }
  const { kind, seen, filesHere, filesLeftOut } = verdict
  const isTold = seen.some(({ part }) => part === "match.bin")
  page.show({
    heading: say(kind === "own" ? "verify.own" : "verify.matches"), door: true,
    body: [
      h("div", { class: kind === "own" ? "note care" : "note" }, ...told(kind === "own" ? "verify.ownText" : "verify.matchesText")),
      ...seen.map((one) => seenView(one.part === "match.bin" ? say("verify.notice") : h("code", { dir: "ltr", translate: "no" }, one.part), one)),
      isTold && paragraph(say("verify.before")),
      paragraph(say("verify.files", { here: filesHere, left: filesLeftOut })),
      paragraph(say("verify.dated")),
      ...textsOf(held),
      end,
    ],
  })
}

/** The words that are dated, from the bytes that are: no PDF and no text file can say something else in their place. */
function textsOf(held: Package | null): Child[] {
  const text = (name: string) => new TextDecoder().decode(held?.get(name)?.bytes)
  const account = parseJson(text("account.json"))
  const words = (value: unknown) => h("div", { class: "account", dir: "auto", translate: "no" }, typeof value === "string" ? value : "")
  const additions = [...held?.keys() ?? []].filter((name) => /^addenda\/\d+\.json$/.test(name)).flatMap((name) => parseAddendum(text(name)) ?? [])
  return [
    h("h2", {}, say("verify.account")), words(account?.["text"]),
    ...additions.flatMap(({ kind, text: added, sealed_day }) => [h("h3", {}, say(`addenda.${kind}`, { date: dateOf(sealed_day) })), words(added)]),
    details(say("verify.all"), h("pre", { class: "account small", dir: "ltr", translate: "no", tabindex: 0 }, JSON.stringify(account, null, 1))),
  ]
}
