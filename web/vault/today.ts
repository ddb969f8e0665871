import { edge } from "./transport.js"

/** Whole days since 1970-01-01, by this device's clock. */
export function today(): number {
  return edge.today()
}
