import type { ContactContent } from "../core/author.js"
import type { Draft } from "./author/visit.js"

/** The contact package of what a person has typed. WEP-1, section 6. */
export function contactOf(draft: Draft): ContactContent {
  const reach = (value: string) => (draft.noContact ? "" : value.trim())
  return {
    wetoo: "contact/1", call_me: draft.callMe.trim(), no_contact: draft.noContact,
    how: reach(draft.how), times: reach(draft.times), say: reach(draft.sayWhat),
    who: draft.who.trim(), notes: draft.notes.trim(), possible_own_duplicate: draft.namedBefore,
    reach_if_lost: draft.answers["lost"] === "yes",
    identifiers: draft.identifiers.map((one) => one.canonical),
  }
}
