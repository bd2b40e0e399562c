// Starts the app: reads app.json, opens the data, listens.
// PORT (default 3000), HOST (default 127.0.0.1) and DATA_DIR (default ./data) come from outside.
import { makeHandler } from "./server/handler.js"
import { readSpec } from "./server/spec.js"
import { openStore } from "./server/store.js"

// an import of node:http would load its WebSocket client too: a third of the time to start
const { createServer } = process.getBuiltinModule("node:http")

const spec = readSpec()
const store = openStore(spec, process.env.DATA_DIR ?? "./data")
// the suggestion rule is a file of its own, present only in apps that asked for it
const suggest = spec.entities.some((entity) => entity.suggestion)
  ? (await import("./suggest.js")).suggest
  : undefined

const server = createServer(makeHandler({ spec, store, suggest }))
server.listen(Number(process.env.PORT ?? 3000), process.env.HOST ?? "127.0.0.1", () => {
  console.log(`${spec.name} listens on port ${server.address().port}`)
})

function stop() {
  server.close(() => {
    store.close()
    process.exit(0)
  })
  server.closeAllConnections()
}
process.once("SIGTERM", stop)
process.once("SIGINT", stop)
