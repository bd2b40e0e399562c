// Photos of telephones are larger than any screen. They are made smaller before they are sent, where
// the browser can read them; the app takes what it gets either way.

const sideMost = 2400

/** The photo, or a smaller JPEG of it when it is too large in pixels or bytes. Moving GIFs stay as they are. */
export async function smaller(file, bytesMost) {
  if (file.type === "image/gif") return file
  try {
    const picture = await createImageBitmap(file)
    const scale = Math.min(1, sideMost / Math.max(picture.width, picture.height))
    if (scale === 1 && file.size <= bytesMost) return file
    const canvas = document.createElement("canvas")
    canvas.width = Math.round(picture.width * scale)
    canvas.height = Math.round(picture.height * scale)
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height)
    const made = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.86))
    return made && made.size < file.size ? made : file
  } catch {
    return file
  }
}
