// Pages with every version they had, in one SQLite file.
import type { DatabaseSync } from "node:sqlite"
import { linksIn, slugOf } from "../shared/titles.ts"
import { openDatabase } from "./schema.ts"

/** What people write of a page. */
export interface Draft {
  title: string
  section: string
  text: string
  author: string
}

export interface Page extends Draft {
  id: number
  slug: string
  version: number
  changedAt: string
  deletedAt: string | null
}

export type Version = Draft & { version: number; at: string }
export type Listed = Pick<Page, "slug" | "title" | "section" | "author" | "changedAt">
export type Found = Listed & { excerpt: string }

export type Errors = Partial<Record<keyof Draft, string>>
export type Saved =
  | { is: "saved"; slug: string }
  | { is: "wrong"; errors: Errors }
  /** somebody else saved meanwhile */
  | { is: "changed"; now: Page }

export const most = { title: 120, text: 100_000, author: 60, pages: 10_000 } as const

const page = `id, slug, title, section, text, version, author, changed_at as "changedAt", deleted_at as "deletedAt"`
const listed = `pages.slug, pages.title, pages.section, pages.author, pages.changed_at as "changedAt"`
const written = "version, title, section, text, author, at"

type Values = Record<string, string | number | null>
type Ask = ReturnType<typeof askOf>

function askOf(database: DatabaseSync) {
  const rows = <Row>(sql: string, values: Values = {}) =>
    database.prepare(sql).all(values) as unknown as Row[] // its caller names the columns
  return {
    rows,
    one: <Row>(sql: string, values: Values = {}) => rows<Row>(sql, values)[0],
    run: (sql: string, values: Values) => database.prepare(sql).run(values),
    inTransaction<T>(action: () => T): T {
      database.exec("begin immediate")
      try {
        const result = action()
        database.exec("commit")
        return result
      } catch (error) {
        database.exec("rollback")
        throw error
      }
    },
  }
}

export type Wiki = ReturnType<typeof openWiki>

export interface WikiOptions {
  /** those that a page can be in; a page keeps the one it has */
  sections: readonly string[]
  now?: () => Date
}

export function openWiki(folder: string, { sections, now = () => new Date() }: WikiOptions) {
  const database = openDatabase(folder)
  const ask = askOf(database)
  const reading = readingOf(ask)
  return {
    ...reading,
    ...writingOf(ask, { reading, sections, now }),
    close: () => database.close(),
  }
}

function readingOf({ one, rows }: Ask) {
  const find = (slug: string) =>
    one<Page>(
      `select ${page} from pages where id = (select page_id from names where slug = :slug)`,
      {
        slug,
      },
    )
  return {
    find,
    version(slug: string, version: number) {
      const id = find(slug)?.id ?? 0
      return one<Version>(
        `select ${written} from versions where page_id = :id and version = :version`,
        { id, version },
      )
    },
    versions: (slug: string) =>
      rows<Version>(
        `select ${written} from versions where page_id = :id order by version desc limit 500`,
        { id: find(slug)?.id ?? 0 },
      ),
    all: () =>
      rows<Listed>(
        `select ${listed} from pages where deleted_at is null order by title collate nocase`,
      ),
    recent: (count: number) =>
      rows<Listed>(
        `select ${listed} from pages where deleted_at is null
         order by changed_at desc, id desc limit :count`,
        { count },
      ),
    /** Pages that link to this one. */
    linking: (id: number) =>
      rows<Listed>(
        `select distinct ${listed} from pages join links on links.page_id = pages.id
         where to_slug in (select slug from names where page_id = :id) and pages.id <> :id
         order by title collate nocase`,
        { id },
      ),
    isThere: (slug: string) => find(slug)?.deletedAt === null,
    /** Pages with every word, or with words that begin so, best first. */
    search(words: string): Found[] {
      const terms = (words.match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, 12)
      if (terms.length === 0) return []
      return rows<Found>(
        `select ${listed}, snippet(found, 1, '', '', '…', 24) as excerpt
         from found join pages on pages.id = found.rowid
         where found match :query order by bm25(found, 5, 1) limit 50`,
        { query: terms.map((term) => `"${term}"*`).join(" ") },
      )
    },
  }
}

interface Around extends Required<WikiOptions> {
  reading: ReturnType<typeof readingOf>
}

function writingOf(ask: Ask, { reading, sections, now }: Around) {
  const { run, inTransaction } = ask
  const { find } = reading
  const forget = (id: number) => {
    run("delete from links where page_id = :id", { id })
    run("delete from found where rowid = :id", { id })
  }
  const write = (id: number, draft: Draft, version: number) => {
    writeVersion(ask, { ...draft, ...{ id, version, at: now().toISOString() } })
    forget(id)
    run("insert or ignore into names values (:slug, :id)", { slug: slugOf(draft.title), id })
    for (const title of linksIn(draft.text))
      run("insert into links values (:id, :to)", { id, to: slugOf(title) })
    const { title, text } = draft
    run("insert into found (rowid, title, text) values (:id, :title, :text)", { id, title, text })
  }
  return {
    /** New without `before`; else the page of that address, as it was in that version. */
    save: (given: Draft, before?: { slug: string; version: number }): Saved =>
      inTransaction(() => {
        const known = before && find(before.slug)
        const draft = trimmed(given)
        const errors = wrongWith(draft, known ? [...sections, known.section] : sections)
        const other = find(slugOf(draft.title))
        if (other && other.id !== known?.id) errors.title = takenBy(other)
        if (!known && isFull(ask)) errors.title = "The wiki is full."
        if (Object.keys(errors).length > 0) return { is: "wrong", errors }
        if (known && known.version !== before.version) return { is: "changed", now: known }
        const slug = known?.slug ?? slugOf(draft.title)
        const id = known?.id ?? add(ask, { ...draft, slug })
        write(id, draft, (known?.version ?? 0) + 1)
        return { is: "saved", slug }
      }),
    /** Makes an earlier version the newest one; answers whether it was there. */
    restore: (slug: string, version: number, author: string): boolean =>
      inTransaction(() => {
        const known = find(slug)
        const old = reading.version(slug, version)
        if (!known || !old) return false
        const { title, section, text } = old
        write(known.id, { title, section, text, author }, known.version + 1)
        return true
      }),
    /** It is no longer listed or found; its versions stay, and each can be brought back. */
    remove: (slug: string): void =>
      inTransaction(() => {
        const id = find(slug)?.id ?? 0
        run("update pages set deleted_at = :at where id = :id", { id, at: now().toISOString() })
        forget(id)
      }),
  }
}

const takenBy = ({ deletedAt }: Page) =>
  deletedAt === null
    ? "There is a page of this title already."
    : "There was a page of this title. Open it to bring it back."

const isFull = ({ one }: Ask) =>
  (one<{ count: number }>("select count(*) as count from pages")?.count ?? 0) >= most.pages

function writeVersion(
  { run }: Ask,
  all: Draft & { id: number; version: number; at: string },
): void {
  run(
    `update pages set title = :title, section = :section, text = :text, author = :author,
       version = :version, changed_at = :at, deleted_at = null where id = :id`,
    { ...all },
  )
  run(
    `insert into versions (page_id, version, title, section, text, author, at)
     values (:id, :version, :title, :section, :text, :author, :at)`,
    { ...all },
  )
}

function add({ run }: Ask, draft: Draft & { slug: string }): number {
  const { lastInsertRowid } = run(
    `insert into pages (slug, title, section, text, version, author, changed_at)
     values (:slug, :title, :section, :text, 0, :author, '')`,
    { ...draft },
  )
  return Number(lastInsertRowid)
}

const trimmed = ({ title, section, text, author }: Draft): Draft => ({
  ...{ title: title.trim().replace(/\s+/g, " "), section, author: author.trim() },
  text: text.replaceAll("\r\n", "\n"),
})

function wrongWith({ title, section, text, author }: Draft, sections: readonly string[]): Errors {
  const errors: Errors = {}
  if (title === "") errors.title = "Give the page a title."
  if (title.length > most.title) errors.title = `Use at most ${most.title} characters.`
  if (/[[\]]/.test(title)) errors.title = "A title has no square brackets: they mark links."
  if (text.trim() === "") errors.text = "Write something."
  if (text.length > most.text) errors.text = `Use at most ${most.text} characters.`
  if (!sections.includes(section)) errors.section = "Choose a section of the list."
  if (author.length > most.author) errors.author = `Use at most ${most.author} characters.`
  return errors
}
