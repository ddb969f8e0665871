import type { BoxAccount, Visit as AuthorVisit } from "../../core/author.js"
import { accountView } from "../account-view.js"
import { h, isolated, type Child } from "../dom.js"
import { actions, button } from "../fields.js"
import { ownPart } from "../files.js"
import { filesView } from "../files-view.js"
import { say } from "../say.js"
import type { Visit } from "./visit.js"

/** An author reads what they wrote. Nobody else's device can make this screen. */
export async function showOwn(visit: Visit, author: AuthorVisit, { account, contact }: BoxAccount, back: () => void): Promise<void> {
  const { readBack } = await import("../identify.js")
  const named = await Promise.all(contact.identifiers.map(readBack))
  const reach = contact.no_contact ? [contact.call_me, say("reach.none")] : [contact.call_me, contact.how, contact.times, contact.say]
  visit.page.show({
    heading: say("own.heading"),
    body: [
      h("div", { class: "sheet" },
        h("h2", {}, say("own.words")),
        accountView(account),
        (account.files?.length ?? 0) > 0 && filesView(account.files ?? [], ownPart(author))),
      h("dl", { class: "facts" },
        ...fact(say("own.who"), [contact.who]),
        ...fact(say("own.identifiers"), named),
        ...fact(say("own.reach"), reach)),
      actions(button(say("own.close"), back, "main")),
    ],
  })
}

function fact(name: string, lines: readonly string[]): Child[] {
  const written = lines.filter((line) => line.trim() !== "")
  return written.length === 0 ? [] : [h("div", {}, h("dt", {}, name), ...written.map((line) => h("dd", {}, isolated(line))))]
}
