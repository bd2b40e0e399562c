import { attachmentBytesMax, imageSideMax } from "@vibecaas/contract/attachment-limits"
import { fault } from "@vibecaas/kernel/fault"
import type { AttachmentRow } from "./attachment.ts"
import { imageHead } from "./image-size.ts"

type Kind = Pick<AttachmentRow, "kind" | "mediaType" | "width" | "height">

/**
 * What a file is, by its bytes. What a browser could run, such as HTML or SVG, is text like any other.
 *
 * @throws Fault `invalid`, `too_large`, in words that name the file
 */
export function kindOf(name: string, bytes: Buffer): Kind {
  if (bytes.length === 0) throw fault("invalid", { say: `${name} is empty.` })
  if (bytes.length > attachmentBytesMax) {
    const most = `${attachmentBytesMax / 1_000_000} MB`
    throw fault("too_large", {
      say: `${name} is larger than ${most}, the most that a file may have.`,
    })
  }
  const image = imageHead(bytes)
  if (image) {
    if (Math.max(image.width, image.height) > imageSideMax) {
      throw fault("too_large", {
        say: `${name} is ${image.width} × ${image.height} pixels; a side may have ${imageSideMax}.`,
      })
    }
    return { kind: "image", ...image }
  }
  const none = { width: null, height: null }
  if (bytes.toString("latin1", 0, 5) === "%PDF-") {
    return { kind: "pdf", mediaType: "application/pdf", ...none }
  }
  if (isText(bytes)) return { kind: "text", mediaType: "text/plain", ...none }
  throw fault("invalid", {
    say: `${name} is no image (PNG, JPEG, WebP or GIF), no PDF and no text in UTF-8, such as CSV or JSON, or it is damaged.`,
  })
}

function isText(bytes: Buffer): boolean {
  if (bytes.includes(0)) return false
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}
