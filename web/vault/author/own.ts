import { accountView } from "../account-view.js"
import { addendaView } from "../addenda-view.js"
import { h, isolated, paragraph, type Child } from "../dom.js"
import { actions, button } from "../fields.js"
import { ownPart } from "../files.js"
import { filesView } from "../files-view.js"
import type { Opened } from "../later-protocol.js"
import { dateOf, say } from "../say.js"
import { canAdd, showAdd } from "./add.js"
import type { Visit } from "./visit.js"

/** An author reads what they wrote, and what they added since. Nobody else's device can make this screen. */
export async function showOwn(visit: Visit, opened: Opened, back: (now: Opened) => void): Promise<void> {
  if (opened.account === null) return back(opened)

  const own = opened.account
  const { account, contact, addenda = [] } = own
  const { readBack } = await import("../identify.js")
  const named = await Promise.all(contact.identifiers.map(readBack))
  const reach = contact.no_contact ? [contact.call_me, say("reach.none")] : [contact.call_me, contact.how, contact.times, contact.say]
  visit.page.show({
    heading: say("own.heading"),
    body: [
      h("div", { class: "sheet" },
        h("h2", {}, say("own.words")),
        paragraph(say("own.locked", { date: dateOf(account.sealed_day) }), "quiet small"),
        accountView(account),
        (account.files?.length ?? 0) > 0 && filesView(account.files ?? [], ownPart(opened.author), visit.page),
        ...addendaView(addenda)),
      canAdd(opened) && h("div", { class: "stack" },
        paragraph(say("add.intro")),
        actions(button(say("own.add"), () => showAdd(visit, opened, back)))),
      h("dl", { class: "facts" },
        ...fact(say("own.who"), [contact.who]),
        ...fact(say("own.identifiers"), named),
        ...fact(say("own.reach"), reach)),
      actions(button(say("own.close"), () => back(opened), "main"), button(say("export.tap"), () => void import("../export/take.js").then((next) =>
        next.showTake(visit, { account, sealed: { author: opened.author, own } }, () => void showOwn(visit, opened, back))))),
    ],
  })
}

function fact(name: string, lines: readonly string[]): Child[] {
  const written = lines.filter((line) => line.trim() !== "")
  return written.length === 0 ? [] : [h("div", {}, h("dt", {}, name), ...written.map((line) => h("dd", {}, isolated(line))))]
}
