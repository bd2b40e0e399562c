import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { migrationsFolder, prepareDatabase } from "../prepare.ts"
import { testPasswords } from "./test-cluster.ts"

/**
 * Brings a database to what an older installation has.
 *
 * @param last the newest migration that it knows
 */
export async function prepareOlder(url: string, last: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "migrations-"))
  try {
    const migrations = await migrationsUpTo(folder, last)
    await prepareDatabase(url, { passwords: testPasswords, migrations })
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function migrationsUpTo(folder: string, last: string): Promise<string> {
  await cp(migrationsFolder, folder, { recursive: true })
  const path = join(folder, "meta/_journal.json")
  const journal = JSON.parse(await readFile(path, "utf8"))
  const end = journal.entries.findIndex(({ tag }: { tag: string }) => tag === last)
  journal.entries = journal.entries.slice(0, end + 1)
  await writeFile(path, JSON.stringify(journal))
  return folder
}
