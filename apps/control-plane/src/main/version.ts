import { readFileSync } from "node:fs"
import { join } from "node:path"
import { checkout } from "./places.ts"

/** The platform's version, from the root `package.json`. */
export const version: string = (
  JSON.parse(readFileSync(join(checkout, "package.json"), "utf8")) as { version: string }
).version // our own file
