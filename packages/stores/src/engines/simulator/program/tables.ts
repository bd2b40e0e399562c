import { randomBytes } from "node:crypto"
import { DatabaseSync } from "node:sqlite"

export function openDatabase(file: string): DatabaseSync {
  const database = new DatabaseSync(file)
  database.exec("pragma journal_mode = wal; pragma busy_timeout = 5000; pragma foreign_keys = on")
  return database
}

/** The tables that a version works with. */
export const schemaOf = (version: string): number => (version.startsWith("1.") ? 1 : 2)

export function schemaIn(database: DatabaseSync): number {
  const row = database.prepare("pragma user_version").get()
  return Number(row?.user_version)
}

/** Brings the tables to a schema, step by step, all or nothing. @returns how many steps it took */
export function migrate(database: DatabaseSync, to: number): number {
  const from = schemaIn(database)
  if (from > to) throw new Error(`the data are of schema ${from}; this version knows ${to}`)
  inTransaction(database, () => {
    for (const step of steps.slice(from, to)) database.exec(step)
    database.exec(`pragma user_version = ${to}`)
  })
  return to - from
}

const steps = [
  `create table products (id text primary key, handle text not null unique, title text not null,
     price integer not null, stock integer not null, hidden integer not null default 0);
   create table carts (id text primary key, email text, name text, address text, shipping text);
   create table cart_items (cart text not null references carts, product text not null references products,
     quantity integer not null, primary key (cart, product));
   create table orders (number integer primary key autoincrement, id text not null unique,
     cart text not null unique references carts, placed_at text not null, email text not null,
     name text not null, address text not null, total integer not null, currency text not null,
     state text not null, probe integer not null);
   create table mails (id integer primary key, recipient text not null, subject text not null, at text not null);
   create table facts (name text primary key, value text not null);`,
  `alter table orders add column phone text not null default '';`,
]

export function inTransaction<T>(database: DatabaseSync, action: () => T): T {
  database.exec("begin immediate")
  try {
    const answer = action()
    database.exec("commit")
    return answer
  } catch (error) {
    database.exec("rollback")
    throw error
  }
}

export const newId = (prefix: string): string => `${prefix}_${randomBytes(9).toString("hex")}`

export function factOf(database: DatabaseSync, name: string): string | undefined {
  const row = database.prepare("select value from facts where name = ?").get(name)
  return row ? String(row.value) : undefined
}

export function setFact(database: DatabaseSync, name: string, value: string): void {
  database
    .prepare(
      "insert into facts values (?, ?) on conflict (name) do update set value = excluded.value",
    )
    .run(name, value)
}
