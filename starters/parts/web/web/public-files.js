// The files of public/, read once and answered from memory.
import { createHash } from "node:crypto"
import { readdirSync, readFileSync } from "node:fs"
import { extname } from "node:path"
import { fileURLToPath } from "node:url"

const types = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".woff2": "font/woff2",
}

/** @param folder URL of the folder whose files everybody may read */
export function readFiles(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const root = fileURLToPath(folder)
  const files = new Map(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => {
        const place = `${entry.parentPath}/${entry.name}`.replaceAll("\\", "/").replace("//", "/")
        const body = readFileSync(place)
        const tag = `"${createHash("sha256").update(body).digest("hex").slice(0, 20)}"`
        return [`/${place.slice(root.length)}`, { body, tag, type: types[extname(place)] }]
      }),
  )
  return {
    /** The answer to a request for one of the files, or nothing. */
    answer(request, path) {
      const file = files.get(path)
      if (!file?.type || (request.method !== "GET" && request.method !== "HEAD")) return undefined
      const headers = {
        "Cache-Control": path.endsWith(".woff2") ? "max-age=604800" : "no-cache",
        ETag: file.tag,
      }
      if (request.headers["if-none-match"] === file.tag) return { status: 304, headers, body: "" }
      return { status: 200, headers: { ...headers, "Content-Type": file.type }, body: file.body }
    },
  }
}
