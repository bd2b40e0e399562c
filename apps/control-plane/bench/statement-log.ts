import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import pg from "pg"
import type { BenchPlatform } from "./platform.ts"

/** One statement as PostgreSQL itself logged it. */
export interface Statement {
  role: string
  /** names its transaction */
  transaction: string
  text: string
}

/** PostgreSQL's own log of every statement, so that nothing in the product has to count. */
export interface StatementLog {
  /** all statements since the last call, or since the log was opened */
  take(): Promise<Statement[]>
  query<Row extends pg.QueryResultRow>(text: string): Promise<Row[]>
  close(): Promise<void>
}

const mark = "counted:"

export async function openStatementLog(platform: BenchPlatform): Promise<StatementLog> {
  const client = new pg.Client({
    connectionString: await platform.adminUrl(),
    application_name: "counts",
  })
  // The platform's end ends the connection; what failed before that is the news.
  client.on("error", () => {})
  await client.connect()
  await client.query(`alter system set log_line_prefix = '${mark}%u|%v|%a|'`)
  await client.query("alter system set log_statement = 'all'")
  await client.query("select pg_reload_conf()")
  await sleep(1000)
  const folder = join(platform.dataDir, "postgres/cluster/log")
  let read = (await logged(folder)).length
  return {
    async take() {
      await sleep(300)
      const text = await logged(folder)
      const fresh = text.slice(read)
      read = text.length
      return statementsIn(fresh).filter(({ role }) => role !== "postgres")
    },
    query: async (text) => (await client.query(text)).rows,
    close: () => client.end(),
  }
}

async function logged(folder: string): Promise<string> {
  const files = (await readdir(folder)).filter((name) => name.endsWith(".log"))
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), "utf8")))
  return texts.join("")
}

/** A statement is logged once, when it is executed: `LOG:  execute <unnamed>: …` or `LOG:  statement: …`. */
function statementsIn(text: string): Statement[] {
  return text.split(mark).flatMap((line) => {
    const found = /^([^|]*)\|([^|]*)\|[^|]*\|LOG:\s+(?:statement|execute [^:]*): ([\s\S]*)$/.exec(
      line,
    )
    const [, role = "", transaction = "", statement = ""] = found ?? []
    return found ? [{ role, transaction, text: statement.trim() }] : []
  })
}
