import assert from "node:assert/strict"
import { test } from "node:test"
import { en } from "../vault/messages/en.js"

/** What nobody may lock an account for a match without having been told, card by card. */
const facts: Readonly<Record<1 | 2 | 3 | 4 | 5, readonly RegExp[]>> = {
  1: [/locks? it|locked|sealed/, /[Yy]our (phone|device|browser)/, /[Nn]obody here can read it now/, /people who run this site|operator/, /counselors/, /employer/],
  2: [/who did it|the name/, /code/, /before it leaves|does not leave/, /same person gives the same code/, /someone else names the same person/, /meet/],
  3: [/match/, /a way to reach you/, /who you named/, /[Nn]ot your account|not open the account/, /[Yy]ou decide/, /You can say no/, /stop at any time/],
  4: [/may never be a match/, /not mean (that )?you are the only one/, /was not serious/, /\*\*You do not have to wait\.\*\*/, /lawyer/, /police/, /employer/, /today/, /\*\*Time limits keep running while you wait\.\*\*/],
  5: [/cannot hide that you visited/, /court/, /see your screen can read|see your screen, they can read/, /most of (the key holders|them)|quorum/, /who is named|test names/, /[Ww]ith a counselor/, /open (your account|accounts)/, /[Hh]ere is who they are:$/],
}

for (const version of ["cards", "detailed", "technical"] as const) {
  test(`every fact of the five cards stands in the version "${version}"`, () => {
    for (const card of [1, 2, 3, 4, 5] as const) {
      for (const fact of facts[card]) assert.match(en[`${version}.${card}`], fact, `${version}.${card}`)
    }
  })
}

test("no version of a card is longer than a screen: 120 words", () => {
  for (const version of ["cards", "detailed", "technical"] as const) {
    for (const card of [1, 2, 3, 4, 5] as const) assert.ok(en[`${version}.${card}`].split(/\s+/).length <= 120, `${version}.${card}`)
  }
})
