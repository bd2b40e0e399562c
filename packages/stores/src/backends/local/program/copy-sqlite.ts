import { createReadStream, createWriteStream, renameSync, rmSync } from "node:fs"
import { DatabaseSync } from "node:sqlite"
import { pipeline } from "node:stream/promises"

/**
 * `copy-sqlite.ts FROM -` writes a consistent copy of a live database to its output;
 * `copy-sqlite.ts - TO` puts what it reads in the place of a database that nobody uses.
 */
const [, , from = "", to = ""] = process.argv
const scratch = `${to === "-" ? from : to}.copy`
rmSync(scratch, { force: true })
try {
  if (to === "-") {
    const database = new DatabaseSync(from, { readOnly: true })
    database.prepare("vacuum into ?").run(scratch)
    database.close()
    await pipeline(createReadStream(scratch), process.stdout)
  } else {
    await pipeline(process.stdin, createWriteStream(scratch, { mode: 0o600 }))
    check(scratch)
    // The journal of what was there must not be played into what comes.
    for (const rest of ["-wal", "-shm", "-journal"]) rmSync(`${to}${rest}`, { force: true })
    renameSync(scratch, to)
  }
} finally {
  rmSync(scratch, { force: true })
}

function check(file: string): void {
  const database = new DatabaseSync(file, { readOnly: true })
  const row = database.prepare("pragma quick_check").get()
  database.close()
  if (row?.quick_check !== "ok") throw new Error("the copy is damaged")
}
