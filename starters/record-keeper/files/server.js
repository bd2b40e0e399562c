// Starts the app: reads app.json, opens the data, listens.
// PORT (default 3000), HOST (default 0.0.0.0) and DATA_DIR (default ./data) come from outside.
import { needsAccounts } from "./server/access.js"
import { makeHandler } from "./server/handler.js"
import { readSpec } from "./server/spec.js"
import { openStore } from "./server/store.js"

// an import of node:http would load its WebSocket client too: a third of the time to start
const { createServer } = process.getBuiltinModule("node:http")

const spec = readSpec()
const store = openOrSay()
// accounts and the suggestion rule are loaded only by apps that have a use for them
const accounts = needsAccounts(spec)
  ? (await import("./server/accounts.js")).openAccounts(store.db)
  : undefined
const suggest = spec.entities.some((entity) => entity.suggestion)
  ? (await import("./suggest.js")).suggest
  : undefined

const server = createServer(makeHandler({ spec, store, accounts, suggest }))
server.listen(Number(process.env.PORT ?? 3000), process.env.HOST ?? "0.0.0.0", () => {
  const code = accounts?.code()
  if (code) console.log(`Nobody owns this app yet. The owner's code: ${code}`)
  console.log(`${spec.name} listens on port ${server.address().port}`)
})

/** What keeps the data from becoming what app.json says is a sentence for people, not a stack. */
function openOrSay() {
  try {
    return openStore(spec, process.env.DATA_DIR ?? "./data")
  } catch (error) {
    console.error(error.code ? error : error.message)
    process.exit(1)
  }
}

function stop() {
  server.close(() => {
    store.close()
    process.exit(0)
  })
  server.closeAllConnections()
}
process.once("SIGTERM", stop)
process.once("SIGINT", stop)
