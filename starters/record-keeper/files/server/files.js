// The files of public/, read once at start; no path from outside ever reaches the disk.
import { readdirSync, readFileSync } from "node:fs"
import { extname } from "node:path"
import { onlyMethods, Refusal, send } from "./http.js"

const types = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
}
const folder = new URL("../public/", import.meta.url)
const files = new Map(
  readdirSync(folder).map((name) => [name, readFileSync(new URL(name, folder), "utf8")]),
)

export function answerFile({ request, response, path }) {
  onlyMethods(request, "GET")
  const body = path.length === 2 ? files.get(path[1]) : undefined
  if (body === undefined) throw new Refusal(404, "There is no such file.")
  const type = types[extname(path[1])] ?? "text/plain; charset=utf-8"
  send(response, { status: 200, type, body, headers: { "cache-control": "no-cache" } })
}
