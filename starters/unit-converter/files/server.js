// Starts the app: reads settings.json, opens the data, listens.
import { createServer } from "node:http"
import { makeHandler } from "./server/handler.js"
import { readSettings } from "./server/settings.js"
import { openStore } from "./server/store.js"

const settings = readSettings()
const store = openStore(process.env.DATA_DIR ?? "./data")
const server = createServer(makeHandler({ settings, store }))
server.listen(Number(process.env.PORT ?? 3000), "0.0.0.0", () => {
  console.log(`${settings.title} listens on port ${server.address().port}`)
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
