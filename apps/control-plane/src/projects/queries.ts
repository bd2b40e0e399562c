import type { IdOf } from "@vibecaas/contract/kinds"
import type { ProjectState } from "@vibecaas/contract/kinds/projects"
import { invariant } from "@vibecaas/kernel/fault"
import { and, eq, sql } from "drizzle-orm"
import { columnsOf } from "../db/columns-of.ts"
import { containing } from "../db/containing.ts"
import { instantOf, utcText } from "../db/instant.ts"
import { projects } from "../db/tables/projects.ts"
import type { Statement, Tx } from "../db/tenant.ts"
import { type ProjectRow, type ShownProject, shownOfProject } from "./project.ts"

const asText = { createdAt: utcText("created_at"), updatedAt: utcText("updated_at") }
const shown = columnsOf(projects, shownOfProject, asText)
const columns = columnsOf(projects, [...shownOfProject, "wanted"], asText)

export interface ProjectPage {
  limit: number
  /** the last row of the page before */
  after: { updatedAt: string; id: string } | undefined
  state: ProjectState | undefined
  search: string | undefined
  /** none but these */
  only?: readonly string[] | undefined
  /** and none of these */
  hidden?: readonly string[] | undefined
}

const newest = {
  name: "projects_newest",
  text: `select ${shown} from projects order by updated_at desc, id desc limit $1`,
}
const filtered = {
  name: "projects_filtered",
  text: `select ${shown} from projects
    where ($2::timestamptz is null or (updated_at, id) < ($2::timestamptz, $3))
      and ($4::text is null or state = $4)
      and ($5::text is null or name ilike $5 or slug ilike $5 or goal ilike $5)
      and ($6::text[] is null or id = any($6)) and not id = any($7::text[])
    order by updated_at desc, id desc limit $1`,
}

/** Last changed first. The first page without filters is the hottest read: it has its own statement. */
export async function listProjects(tx: Tx, page: ProjectPage): Promise<ShownProject[]> {
  const { search, state = null, only = null, hidden = [] } = page
  const all = !search && !only && hidden.length === 0
  if (!page.after && !state && all) return read(tx, newest, [page.limit])
  const pattern = search ? containing(search) : null
  const { updatedAt = null, id = null } = page.after ?? {}
  return read(tx, filtered, [page.limit, updatedAt, id, state, pattern, only, hidden])
}

export async function findProject(tx: Tx, id: IdOf<"project">): Promise<ProjectRow | undefined> {
  const text = `select ${columns} from projects where id = $1`
  return (await read<ProjectRow>(tx, { name: "projects_find", text }, [id]))[0]
}

/** The row, locked until the transaction ends: for observations that are combined with what is there. */
export async function lockProject(tx: Tx, id: IdOf<"project">): Promise<ProjectRow | undefined> {
  const text = `select ${columns} from projects where id = $1 for update`
  return (await read<ProjectRow>(tx, { name: "projects_lock", text }, [id]))[0]
}

async function read<Row extends ShownProject>(
  tx: Tx,
  statement: Statement,
  values: unknown[],
): Promise<Row[]> {
  const rows = await tx.query<Row>(statement, values)
  for (const row of rows) {
    row.createdAt = instantOf(row.createdAt)
    row.updatedAt = instantOf(row.updatedAt)
  }
  return rows
}

/** Answers the row as it was written. */
export async function insertProject(
  tx: Tx,
  row: Pick<ProjectRow, "id" | "organizationId" | "name" | "slug" | "preview" | "createdBy"> & {
    nameGiven: boolean
    createdAt: Date
  },
): Promise<ProjectRow> {
  const text = `
    insert into projects (id, organization_id, name, slug, preview, created_by, name_given,
      created_at, updated_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $8) returning ${columns}`
  const { id, organizationId, name, slug, preview, createdBy, nameGiven, createdAt } = row
  const values = [id, organizationId, name, slug, preview, createdBy, nameGiven, createdAt]
  const [made] = await read<ProjectRow>(tx, { name: "projects_insert", text }, values)
  invariant(made, "an insert answers its row")
  return made
}

/**
 * Changes what people choose and counts the version up; false when the project is wanted gone, or
 * `version` is given and not the present one.
 */
export async function updateProject(
  tx: Tx,
  id: IdOf<"project">,
  change: {
    version: number | undefined
    set: Partial<Pick<ProjectRow, "name" | "preview" | "draftData">>
    at: Date
  },
): Promise<boolean> {
  const updated = await tx.orm
    .update(projects)
    .set({
      ...change.set,
      ...(change.set.name === undefined ? {} : { nameGiven: true }),
      version: sql`${projects.version} + 1`,
      updatedAt: change.at,
    })
    .where(
      and(
        eq(projects.id, id),
        eq(projects.wanted, "present"),
        change.version === undefined ? undefined : eq(projects.version, change.version),
      ),
    )
    .returning({ id: projects.id })
  return updated.length === 1
}

/** Gives a project a name unless a person gave it one, or it is wanted gone; whether it did. */
export async function nameUnlessGiven(tx: Tx, id: IdOf<"project">, name: string): Promise<boolean> {
  const named = await tx.orm
    .update(projects)
    .set({ name })
    .where(and(eq(projects.id, id), eq(projects.wanted, "present"), eq(projects.nameGiven, false)))
    .returning({ id: projects.id })
  return named.length === 1
}

/** Writes observations and what follows from them. */
export async function writeObserved(
  tx: Tx,
  id: IdOf<"project">,
  set: Partial<typeof projects.$inferInsert>,
): Promise<void> {
  await tx.orm.update(projects).set(set).where(eq(projects.id, id))
}

/** False when the row was gone already. */
export async function deleteProjectRow(tx: Tx, id: IdOf<"project">): Promise<boolean> {
  const deleted = await tx.orm
    .delete(projects)
    .where(eq(projects.id, id))
    .returning({ id: projects.id })
  return deleted.length === 1
}
