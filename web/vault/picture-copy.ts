/** The longer side of a viewing copy, in pixels. */
const view_px = 1600

/** A picture drawn anew: what a camera wrote into the original, such as the place, is not in it. `null` for what this browser can not draw. */
export async function viewingCopy(file: File): Promise<Blob | null> {
  if (!file.type.startsWith("image/")) return null
  const picture = await createImageBitmap(file).catch(() => null)
  if (picture === null) return null

  const scale = Math.min(1, view_px / Math.max(picture.width, picture.height))
  const canvas = document.createElement("canvas")
  canvas.width = Math.max(1, Math.round(picture.width * scale))
  canvas.height = Math.max(1, Math.round(picture.height * scale))
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height)
  picture.close()
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.85))
}
