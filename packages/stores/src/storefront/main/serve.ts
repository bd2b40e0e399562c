import { readdirSync, readFileSync, rmSync } from "node:fs"
import { createServer } from "node:http"
import { join } from "node:path"
import { makeAssets } from "../assets.ts"
import { openShop } from "../shop.ts"
import { makeStorefront } from "../storefront.ts"
import type { ShopLook } from "../theme.ts"

/** One shop's front, as a process of its own beside the shop's server. */
function need(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set`)
  return value
}

const at = (text: string) => {
  const [, host, port] = /^([\d.]+):(\d+)$/.exec(text) ?? []
  return host && port ? { host, port: Number(port) } : { socketPath: text }
}

const origin = need("STORE_URL")
const look = JSON.parse(need("STORE_LOOK")) as ShopLook // written by the platform, which checked it
const folder = join(import.meta.dirname, "../assets")
const files = readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))] as const)

const server = createServer(
  makeStorefront({
    look,
    origin,
    assets: makeAssets(look, Object.fromEntries(files)),
    shop: openShop({
      listen: at(need("SHOP_LISTEN")),
      key: need("PUBLISHABLE_KEY"),
      hostname: new URL(origin).host,
      now: () => performance.now(),
    }),
    told: (error) => console.error(JSON.stringify({ level: "error", msg: String(error) })),
  }),
)
server.requestTimeout = 30_000
server.headersTimeout = 10_000
const listen = at(need("LISTEN"))
if ("socketPath" in listen) {
  // What a killed process left behind.
  rmSync(listen.socketPath, { force: true })
  server.listen({ path: listen.socketPath })
} else server.listen(listen)
server.on("listening", () => console.log(JSON.stringify({ level: "info", msg: "listening" })))
process.on("SIGTERM", () => {
  server.close(() => process.exit(0))
  server.closeIdleConnections()
})
