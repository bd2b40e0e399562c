import { existsSync } from "node:fs"
import { readStarters } from "@vibecaas/starters/read-starters"
import { putFiles } from "./put-files.ts"
import { startersFolder } from "./running-starter.ts"

/**
 * Writes the app of a starter, with its parts and the defaults, into a new folder: `bin/starters
 * write`, with the starter's id and the folder.
 */
const [id, folder] = process.argv.slice(2)
if (!id || !folder) give("Say which starter, and the folder for its app.")
if (existsSync(folder)) give(`${folder} is there already: an app is written into a new folder.`)
const starter = (await readStarters(startersFolder)).find((each) => each.id === id)
if (!starter) give(`There is no starter ${id}.`)
putFiles(starter.files, folder)
process.stdout.write(`${folder}: ${starter.files.length} files\n`)

function give(up: string): never {
  process.stderr.write(`${up}\n`)
  process.exit(1)
}
