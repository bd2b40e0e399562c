import { join } from "node:path"
import { checkout } from "./places.ts"

/** Loads what a server loads and starts nothing: what Node compiled is kept where `NODE_COMPILE_CACHE` says. */
await import("@vibecaas/kernel/quick-imports")
await import("./compose.ts")
const { nextPages } = await import("../http/pages-next.ts")
const dir = join(checkout, "apps/dashboard")
const pages = await nextPages({ dir, publicUrl: "http://localhost", frames: [] })
await pages.close()
process.exit(0)
