import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"

/** Changes of the tables, in order. Add to the end, and never change what was there. */
const migrations = [
  `create table pages (
     id integer primary key,
     slug text not null unique,
     title text not null,
     section text not null,
     text text not null,
     version integer not null,
     author text not null,
     changed_at text not null,
     deleted_at text
   ) strict;
   create table versions (
     page_id integer not null references pages (id),
     version integer not null,
     title text not null,
     section text not null,
     text text not null,
     author text not null,
     at text not null,
     primary key (page_id, version)
   ) strict;
   -- Every title that a page ever had leads to it.
   create table names (slug text primary key, page_id integer not null references pages (id)) strict;
   create table links (page_id integer not null references pages (id), to_slug text not null) strict;
   create index links_to on links (to_slug);
   create virtual table found using fts5 (title, text, tokenize = 'unicode61 remove_diacritics 2')`,
]

export function openDatabase(folder: string): DatabaseSync {
  mkdirSync(folder, { recursive: true })
  const database = new DatabaseSync(join(folder, "wiki.db"))
  database.exec("pragma journal_mode = wal; pragma busy_timeout = 2000")
  const made = Number(database.prepare("pragma user_version").get()?.user_version)
  for (const [index, sql] of migrations.entries()) {
    if (index < made) continue
    database.exec(`begin; ${sql}; pragma user_version = ${index + 1}; commit`)
  }
  return database
}
