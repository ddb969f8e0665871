import type { Translation } from "./translation.js"

export const fr: Translation = {
}
