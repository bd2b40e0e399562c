// Serves the pages that `npm run build` made, and the API behind them.
import { createServer } from "node:http"
import { createApi } from "./server/api.ts"
import { createPages } from "./server/pages.ts"
import { settings } from "./server/settings.ts"

const folder = new URL("./dist/", import.meta.url)
const api = createApi()
const pages = createPages({ folder, title: settings.title, state: api.state })

const server = createServer(async (request, response) => {
  try {
    if (await api.answer(request, response)) return
    await pages(request, response)
  } catch (error) {
    console.error(error)
    if (!response.headersSent) response.writeHead(500)
    response.end()
  }
})
server.listen(Number(process.env.PORT ?? 3000), process.env.HOST ?? "127.0.0.1", () => {
  const address = server.address()
  console.log(`Listening on ${typeof address === "object" && address ? address.port : address}`)
})
process.once("SIGTERM", () => {
  server.close(() => process.exit())
  server.closeAllConnections()
})
