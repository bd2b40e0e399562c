// The files of public/, read once at start; no path from outside ever reaches the disk.
import { readdirSync, readFileSync } from "node:fs"
import { extname } from "node:path"
import { Refusal, send } from "./http.js"

const types = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
}
const folder = new URL("../public/", import.meta.url)
const files = new Map(
  readdirSync(folder).map((name) => [name, readFileSync(new URL(name, folder), "utf8")]),
)

export function answerFile({ response, params }) {
  const body = files.get(params.name)
  if (body === undefined) throw new Refusal(404, "There is no such file.")
  const type = types[extname(params.name)] ?? "text/plain; charset=utf-8"
  send(response, { status: 200, type, body, headers: { "cache-control": "no-cache" } })
}
