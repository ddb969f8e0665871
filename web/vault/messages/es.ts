import type { Translation } from "./translation.js"

export const es: Translation = {
}
