const trees = [
  "Alder", "Ash", "Aspen", "Beech", "Birch", "Cedar", "Cherry", "Chestnut", "Cypress", "Elder", "Elm", "Fig", "Fir", "Hawthorn",
  "Hazel", "Holly", "Hornbeam", "Juniper", "Larch", "Laurel", "Linden", "Magnolia", "Maple", "Mulberry", "Oak", "Olive", "Pear",
  "Pine", "Plane", "Poplar", "Rowan", "Willow",
]

/** A name for a case that says nothing about anybody, such as Cedar-41: the same for the same id, on every device. */
export function codeName(caseId: string): string {
  const number = Number.parseInt(caseId.replace(/[^0-9a-f]/gi, "").slice(0, 8) || "0", 16)
  return `${trees[number % trees.length]}-${10 + Math.floor(number / trees.length) % 90}`
}
