import { roomNames } from "./record.js"

/** What a counselor opens one by one, in the order in which it is numbered: the rooms of an account, its files, what was added. WEP-1, section 12.4. */
export const doors = [...roomNames, "files", "added"] as const
export type Door = (typeof doors)[number]
