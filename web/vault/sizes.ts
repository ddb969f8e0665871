/** A number of bytes as people say it. */
export function sizeInWords(bytes: number): string {
  const [unit, size] = bytes < 1_000_000 ? ["kilobyte", Math.max(1, Math.round(bytes / 1000))] as const : ["megabyte", Math.round(bytes / 100_000) / 10] as const
  return new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit }).format(size)
}
