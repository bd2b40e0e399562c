import type { SharedV4ProviderMetadata } from "@ai-sdk/provider"
import { z } from "zod"

/**
 * Some providers take a call's result only with a mark that came with the call. Chat completions have no
 * place for it but the call's id, which every client sends back as it was.
 */
const mark = "~"
const charsMax = 32_000
const marks = z.record(z.string(), z.record(z.string(), z.string()))

export function callId(id: string, metadata: SharedV4ProviderMetadata | undefined): string {
  const known = marks.safeParse(metadata)
  if (!known.success || Object.keys(known.data).length === 0) return id
  return `${id}${mark}${Buffer.from(JSON.stringify(known.data)).toString("base64url")}`
}

/** The id as its provider gave it, and the marks. What is not as we wrote it is part of the id. */
export function readCallId(text: string): {
  id: string
  marks: z.infer<typeof marks> | undefined
} {
  const at = text.lastIndexOf(mark)
  if (at < 0 || text.length > charsMax) return { id: text, marks: undefined }
  try {
    const told = JSON.parse(Buffer.from(text.slice(at + 1), "base64url").toString())
    const known = marks.safeParse(told)
    if (known.success) return { id: text.slice(0, at), marks: known.data }
  } catch {
    // An id of somebody else's.
  }
  return { id: text, marks: undefined }
}
