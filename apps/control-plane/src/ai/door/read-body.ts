import type { IncomingMessage } from "node:http"
import { ApiError } from "../wire/api-error.ts"

/** @throws ApiError 413 */
export async function readBody(request: IncomingMessage, bytesMax: number): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size > bytesMax) {
      const say = `The request has more than ${Math.floor(bytesMax / 1024 / 1024)} MiB.`
      throw new ApiError(413, say, { code: "request_too_large" })
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString("utf8")
}
