import { mkdirSync } from "node:fs"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import type { Fixture, Fixtures, MatrixWorld } from "../../http/testing/matrix-world.ts"
import { plainDataOf } from "../../http/testing/plain-machines.ts"
import { makeApp } from "./backup-fixtures.ts"

const books = { database: "app.sqlite", table: "books" }

/** An app whose machine runs and has a database. */
async function withData(world: MatrixWorld) {
  const { projectId, machineId } = await makeApp(world)
  const folder = plainDataOf(world.root, machineId)
  mkdirSync(folder, { recursive: true })
  const file = join(folder, books.database)
  const db = new DatabaseSync(file)
  db.exec("create table books (id integer primary key, title text not null, pages integer)")
  db.exec("insert into books (title, pages) values ('Dune', 412)")
  db.close()
  const text = "update machines set state = 'running' where id = $1"
  await world.db.adminPool.query(text, [machineId])
  return { projectId, machineId, file }
}

const data: Fixture = async (world) => ({
  params: { projectId: (await withData(world)).projectId },
})
/** A machine that runs. */
export const livingMachine: Fixture = async (world) => ({
  params: { machineId: (await withData(world)).machineId },
})
const table: Fixture = async (world) => ({ ...(await data(world)), query: books })

export const dataFixtures = {
  "GET /projects/{projectId}/databases": data,
  "GET /projects/{projectId}/rows": table,
  "GET /projects/{projectId}/rows/file": async (world) => ({
    ...(await data(world)),
    query: { ...books, format: "csv" },
  }),
  "POST /projects/{projectId}/rows/file": async (world) => ({
    ...(await data(world)),
    query: { ...books, format: "csv" },
    bytes: "title,pages\nEmma,474\n",
  }),
  "GET /projects/{projectId}/databases/file": async (world) => ({
    ...(await data(world)),
    query: { database: books.database },
  }),
  "PUT /projects/{projectId}/databases/file": async (world) => {
    const { projectId, file } = await withData(world)
    const query = { database: books.database }
    return { params: { projectId }, query, bytes: await readFile(file) }
  },
  "GET /projects/{projectId}/data-files": data,
  "DELETE /projects/{projectId}/data-files": async (world) => ({
    ...(await data(world)),
    query: { path: books.database },
  }),
} satisfies Partial<Fixtures<"apps">>
