// Tasks in one SQLite file.
import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import type { Draft, Task } from "../shared/task.ts"

/** Changes of the tables, in order. Add to the end, and never change what was there. */
const migrations = [
  `create table tasks (
    id integer primary key,
    title text not null,
    notes text not null,
    area text not null,
    person text not null,
    priority text not null,
    due text not null,
    done_at text,
    created_at text not null,
    deleted_at text
  ) strict`,
]

const columns = `id, title, notes, area, person, priority, due, done_at as "doneAt", created_at as "createdAt"`
/** What was deleted can be brought back for so many days. */
const daysKept = 30

export type Store = ReturnType<typeof openStore>

export function openStore(folder: string, now: () => Date = () => new Date()) {
  mkdirSync(folder, { recursive: true })
  const database = new DatabaseSync(join(folder, "tasks.db"))
  database.exec("pragma journal_mode = wal; pragma busy_timeout = 2000")
  migrate(database)
  const before = new Date(now().getTime() - daysKept * 86_400_000).toISOString()
  database.prepare("delete from tasks where deleted_at < ?").run(before)
  const run = (sql: string, values: Record<string, string | number | null>) =>
    database.prepare(sql).run(values)
  const find = (id: number) =>
    database.prepare(`select ${columns} from tasks where id = ? and deleted_at is null`).get(id) as
      | Task
      | undefined
  return {
    find,
    all: () =>
      database
        .prepare(`select ${columns} from tasks where deleted_at is null order by id desc`)
        .all() as unknown as Task[],
    count: () =>
      Number(
        database.prepare("select count(*) as count from tasks where deleted_at is null").get()
          ?.count,
      ),
    add(draft: Draft): Task | undefined {
      const { lastInsertRowid } = run(
        `insert into tasks (title, notes, area, person, priority, due, created_at)
         values (:title, :notes, :area, :person, :priority, :due, :at)`,
        { ...draft, at: now().toISOString() },
      )
      return find(Number(lastInsertRowid))
    },
    change: (id: number, draft: Draft) =>
      run(
        `update tasks set title = :title, notes = :notes, area = :area, person = :person,
           priority = :priority, due = :due where id = :id`,
        { ...draft, id },
      ),
    /** What is done already keeps the moment in which it was. */
    setDone: (id: number, done: boolean) =>
      run(`update tasks set done_at = iif(:done, coalesce(done_at, :at), null) where id = :id`, {
        ...{ id, done: Number(done), at: now().toISOString() },
      }),
    remove: (id: number) =>
      run("update tasks set deleted_at = :at where id = :id", { id, at: now().toISOString() }),
    /** Brings back what was deleted; answers whether it was there. */
    restore: (id: number) =>
      run("update tasks set deleted_at = null where id = :id", { id }).changes === 1,
    close: () => database.close(),
  }
}

function migrate(database: DatabaseSync): void {
  const made = Number(database.prepare("pragma user_version").get()?.user_version)
  for (const [index, sql] of migrations.entries()) {
    if (index < made) continue
    database.exec(`begin; ${sql}; pragma user_version = ${index + 1}; commit`)
  }
}
