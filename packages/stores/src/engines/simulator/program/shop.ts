import { rmSync } from "node:fs"
import { createServer } from "node:http"
import { answerApi } from "./api.ts"
import { answerPage } from "./pages.ts"
import type { Shop } from "./parts.ts"
import { makeSelling, Refused } from "./selling.ts"
import { asksFor, readSettings } from "./settings.ts"
import { factOf, openDatabase, schemaIn, schemaOf } from "./tables.ts"
import { readBody, reply } from "./wire.ts"

/** A simulated shop: one process, one database file, one Unix socket, or a port where it has a network of its own. */
const settings = readSettings(process.env)
if (asksFor(settings, "crash")) {
  console.error("the shop crashes, as the store's name asks")
  process.exit(3)
}
if (asksFor(settings, "oom")) {
  const kept: number[][] = []
  for (;;) kept.push(new Array(100_000).fill(kept.length))
}

const database = openDatabase(settings.database)
if (schemaIn(database) !== schemaOf(settings.version)) {
  console.error(`the data are of schema ${schemaIn(database)}, not of ${settings.version}`)
  process.exit(4)
}
const broken =
  asksFor(settings, "never-ready") ||
  (asksFor(settings, "break-upgrade") && !settings.version.startsWith("1.0"))
const shop: Shop = {
  settings,
  selling: makeSelling(database, settings.currency),
  key: () => factOf(database, "publishableKey"),
  now: () => new Date().toISOString(),
}

let ending = false
const server = createServer(async (request, response) => {
  // Who keeps the connection would find it closed at the next request.
  if (ending) response.shouldKeepAlive = false
  try {
    if (request.url === "/health") return reply(response, 200, { alive: true })
    if (broken) return reply(response, 503, { error: "not ready, as the store's name asks" })
    const url = new URL(request.url ?? "/", "http://shop")
    const asked = { request, url, body: await readBody(request) }
    const answer = answerApi(shop, asked) ?? answerPage(shop, asked)
    reply(response, answer.status, answer.body, answer.headers)
  } catch (error) {
    const refused = error instanceof Refused
    if (!refused) console.error(error)
    reply(response, refused ? error.status : 500, {
      error: refused ? error.message : "the shop has a mistake",
    })
  }
})

const listening = () => console.log(`listening, version ${settings.version}`)
const [, host, port] = /^([^/]+):(\d+)$/.exec(settings.listen) ?? []
if (host && port) {
  server.listen({ host, port: Number(port) }, listening)
} else {
  // A socket of an earlier process is only a file by now: the platform starts one of us at a time.
  rmSync(settings.listen, { force: true })
  server.listen(settings.listen, listening)
}
/** How long an answer under way may take once the shop is asked to end, in `ms`. */
const graceMs = 3000
process.on("SIGTERM", () => {
  ending = true
  server.close(() => {
    database.close()
    process.exit(0)
  })
  server.closeIdleConnections()
  setTimeout(() => server.closeAllConnections(), graceMs).unref()
})
