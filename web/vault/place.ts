import { hasFailed, loadKeyset } from "../core/author.js"
import { mayFollow, type Keyset } from "../core/keyset.js"
import { edge } from "./transport.js"

/** The keys and people of this deployment. */
export type Place = Keyset

let pinned: Place | null = null

/**
 * Asks for the keyset and checks it. The first that is valid is pinned while the page is open: another deployment's, or an older
 * one, is never taken in its place.
 *
 * @returns The keyset; null when nobody answers; `changed` when what is answered is not valid, or not this place's any more.
 */
export async function placeOf(): Promise<Place | null | { readonly changed: true }> {
  const place = await loadKeyset(edge)
  if (hasFailed(place)) return place.failed === "keyset-invalid" ? { changed: true } : pinned
  if (pinned !== null && !mayFollow(pinned, place)) return { changed: true }

  pinned = place
  return place
}
