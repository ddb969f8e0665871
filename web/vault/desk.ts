import { showUnlock } from "./counselor/unlock.js"
import type { DeskVisit } from "./counselor/visit.js"
import { button } from "./fields.js"
import { offerLanguages } from "./language-menu.js"
import { preferred, speak } from "./language.js"
import { Leaving } from "./leave.js"
import { Page } from "./page.js"
import { say } from "./say.js"
import { site } from "./transport.js"

await speak(preferred())
let visit = anew()
new Leaving(
  () => void end(),
  (left) => visit.page.announce(say("leave.more", { n: left })),
)

function anew(): DeskVisit {
  return { page: new Page(), key: null, news: new Set(), end }
}

function end(): DeskVisit {
  visit.page.close()
  visit.key = null
  return visit = anew()
}

offerLanguages()

// Where the organisation signs people in before the desk, its cookie goes along, to the desk's own addresses alone.
site.credentials = "same-origin"
site.onRefused = (failed) => {
  if (failed === "sign-in-needed") void import("./counselor/sign-in.js").then(({ askToSignIn }) => askToSignIn())
}
const { search } = location
if (search !== "") void import("./counselor/sign-in.js").then(({ sayWhyNot }) => sayWhyNot(search))

// The code of an invitation stands behind #, which is never sent; and it does not stay in the address.
function begin(): void {
  const invitation = decodeURIComponent(location.hash.slice(1))
  history.replaceState(null, "", location.pathname)
  if (invitation === "") showUnlock(visit)
  else void import("./counselor/join.js").then(({ showJoin }) => showJoin(visit, invitation))
}

// A link that is opened where the desk is open already changes the address alone.
addEventListener("hashchange", begin)
begin()
visit.page.offer(button(say("help.tool"), () => void import("./help.js").then(({ showHelp }) => showHelp(visit.page, false), () => visit.page.announce(say("load.heading"))), "link"))
void import("./desk-protocol.js").then(({ isEmbedded }) => isEmbedded()).then((embedded) => {
  if (embedded) visit.page.warn(say("banner.embedded"))
})
