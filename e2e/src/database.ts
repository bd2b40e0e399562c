import { readFileSync } from "node:fs"
import { Client } from "pg"
import type { Platform } from "./platform.ts"

/** Writes into a platform's database what nothing of it can make yet. */
export async function sql(platform: Platform, text: string, values: unknown[] = []): Promise<void> {
  const folder = `${platform.dataDir}/postgres`
  const port = Number(readFileSync(`${folder}/cluster/postmaster.pid`, "utf8").split("\n")[3])
  const password = readFileSync(`${folder}/password`, "utf8").trim()
  const client = new Client({
    host: "127.0.0.1",
    port,
    user: "postgres",
    password,
    database: "postgres",
  })
  await client.connect()
  try {
    await client.query(text, values)
  } finally {
    await client.end()
  }
}
