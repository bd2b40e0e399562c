import type { IdOf } from "@vibecaas/contract/kinds"
import { and, asc, eq, gt, ne, sql } from "drizzle-orm"
import { machines } from "../db/tables/machines.ts"
import type { Tx } from "../db/tenant.ts"
import type { MachineRow } from "./machine.ts"

export async function findMachine(tx: Tx, id: IdOf<"machine">): Promise<MachineRow | undefined> {
  const [row] = await tx.orm.select().from(machines).where(eq(machines.id, id))
  return row
}

const firstLive = (tx: Tx, projectId: IdOf<"project">) =>
  tx.orm
    .select()
    .from(machines)
    .where(and(eq(machines.projectId, projectId), eq(machines.purpose, "live")))
    .orderBy(asc(machines.createdAt), asc(machines.id))
    .limit(1)

/** The draft machines of a project, or of one of its runs, that are to stay. */
const drafts = (tx: Tx, of: { projectId: IdOf<"project">; draftOf?: string }) =>
  tx.orm
    .select()
    .from(machines)
    .where(
      and(
        eq(machines.projectId, of.projectId),
        eq(machines.purpose, "draft"),
        ne(machines.wanted, "gone"),
        of.draftOf === undefined ? undefined : eq(machines.draftOf, of.draftOf),
      ),
    )

export function draftsOfProject(tx: Tx, projectId: IdOf<"project">): Promise<MachineRow[]> {
  return drafts(tx, { projectId })
}

/** A run's draft; none before it was made, and none once it is to go. */
export async function findDraft(
  tx: Tx,
  of: { projectId: IdOf<"project">; draftOf: string },
): Promise<MachineRow | undefined> {
  return (await drafts(tx, of))[0]
}

/** As `findDraft`, locked. */
export async function lockDraft(
  tx: Tx,
  of: { projectId: IdOf<"project">; draftOf: string },
): Promise<MachineRow | undefined> {
  return (await drafts(tx, of).for("update"))[0]
}

/** Drafts too, oldest first; ids are as old as what they name. `after` is the last one already seen. */
export function listOfProject(
  tx: Tx,
  projectId: IdOf<"project">,
  page: { limit: number; after: IdOf<"machine"> | undefined },
): Promise<MachineRow[]> {
  const { after, limit } = page
  return tx.orm
    .select()
    .from(machines)
    .where(and(eq(machines.projectId, projectId), after && gt(machines.id, after)))
    .orderBy(asc(machines.id))
    .limit(limit)
}

/** The project's first live machine, on which its app runs. */
export async function findOfProject(
  tx: Tx,
  projectId: IdOf<"project">,
): Promise<MachineRow | undefined> {
  return (await firstLive(tx, projectId))[0]
}

/** As `findMachine`, locked until the transaction ends: for changes that depend on what is there. */
export async function lockMachine(tx: Tx, id: IdOf<"machine">): Promise<MachineRow | undefined> {
  const [row] = await tx.orm.select().from(machines).where(eq(machines.id, id)).for("update")
  return row
}

/** As `findOfProject`, locked. */
export async function lockOfProject(
  tx: Tx,
  projectId: IdOf<"project">,
): Promise<MachineRow | undefined> {
  return (await firstLive(tx, projectId).for("update"))[0]
}

/** Until the transaction ends nobody else makes the project's first machine. */
export async function lockMaking(tx: Tx, projectId: IdOf<"project">): Promise<void> {
  await tx.orm.execute(
    sql`select pg_advisory_xact_lock(hashtext('project machines'), hashtext(${projectId}))`,
  )
}

type Change = Partial<typeof machines.$inferInsert>

export async function insertMachine(
  tx: Tx,
  row: typeof machines.$inferInsert,
): Promise<MachineRow | undefined> {
  const [made] = await tx.orm.insert(machines).values(row).returning()
  return made
}

export async function updateMachine(tx: Tx, id: IdOf<"machine">, set: Change): Promise<void> {
  await tx.orm.update(machines).set(set).where(eq(machines.id, id))
}

export async function removeMachine(tx: Tx, id: IdOf<"machine">): Promise<boolean> {
  const gone = await tx.orm
    .delete(machines)
    .where(eq(machines.id, id))
    .returning({ id: machines.id })
  return gone.length === 1
}

/** Where the rows of any organization say that these machines are; nothing for one without a row. */
export async function listPlaces(tx: Tx, ids: readonly string[]): Promise<Map<string, Place>> {
  const text = `select id, host_id as "hostId", driver from machine_places($1)`
  const rows = await tx.query<Place & { id: IdOf<"machine"> }>({ name: "machines_places", text }, [
    ids,
  ])
  return new Map(rows.map(({ id, ...place }) => [id, place]))
}

/** `null`: it was never written, because the machine has not booted yet. */
export interface Place {
  hostId: string | null
  driver: string | null
}
