import { existsSync, readFileSync, writeFileSync } from "node:fs"

/**
 * Writes into docs/stores.md what `kills.long.test.ts` found when it ran last. Run it with
 * `node tools/src/store-kills.ts`.
 */
const found = ".cache/store-kills.md"
const file = "docs/stores.md"
const marks = [
  "<!-- kills: written by node tools/src/store-kills.ts -->",
  "<!-- /kills -->",
] as const

if (!existsSync(found))
  throw new Error("run `bin/test --all control-plane/src/stores/kills.long` first")
const text = readFileSync(file, "utf8")
const [before = "", rest = ""] = text.split(marks[0])
const after = rest.split(marks[1])[1] ?? ""
const table = readFileSync(found, "utf8").trim()
writeFileSync(file, `${before}${marks[0]}\n\n${table}\n\n${marks[1]}${after}`)
