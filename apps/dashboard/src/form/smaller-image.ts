/** Images up to this size, in bytes, are sent as they are. */
const keptBytes = 1_000_000
/** px on the longer side of one that is made smaller */
const sideMax = 2048

/**
 * A large photo in the size that models look at, small enough to be a file of an app. What cannot be
 * drawn is sent as it is: the server says what is wrong with it.
 */
export async function smallerImage(file: File): Promise<File> {
  if (file.size <= keptBytes || !/^image\/(png|jpeg|webp)$/.test(file.type)) return file
  const image = await createImageBitmap(file).catch(() => undefined)
  if (!image) return file
  const scale = Math.min(1, sideMax / Math.max(image.width, image.height))
  const canvas = document.createElement("canvas")
  canvas.width = Math.round(image.width * scale)
  canvas.height = Math.round(image.height * scale)
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height)
  image.close()
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/webp", 0.85))
  if (!blob || blob.size >= file.size) return file
  // A browser that writes no WebP writes PNG.
  const ending = blob.type === "image/webp" ? ".webp" : ".png"
  return new File([blob], file.name.replace(/\.\w+$/, "") + ending, { type: blob.type })
}
