import type { IncomingMessage } from "node:http"
import { ShopFault } from "./shop-api.ts"

const bytesMax = 16 * 1024

/** A sent form, each field once and at most 1000 characters of it. @throws ShopFault when it is too large or no form */
export async function readForm(request: IncomingMessage): Promise<Record<string, string>> {
  const type = request.headers["content-type"] ?? ""
  if (!type.startsWith("application/x-www-form-urlencoded"))
    throw new ShopFault(415, { type: "no_form", say: "This takes a form." })
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > bytesMax)
      throw new ShopFault(413, { type: "too_large", say: "The form is too large." })
    chunks.push(chunk)
  }
  const pairs = new URLSearchParams(Buffer.concat(chunks).toString("utf8"))
  return Object.fromEntries(
    [...pairs].slice(0, 50).map(([name, value]) => [name, value.slice(0, 1000)]),
  )
}
