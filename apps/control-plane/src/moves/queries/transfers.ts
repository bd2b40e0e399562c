import type { IdOf, Resource } from "@vibecaas/contract/kinds"
import { and, count, eq, inArray, ne, or, sql } from "drizzle-orm"
import { runs } from "../../db/tables/agents.ts"
import { backups } from "../../db/tables/backups.ts"
import { comparisons } from "../../db/tables/comparisons.ts"
import { apiKeys } from "../../db/tables/keys.ts"
import { machines } from "../../db/tables/machines.ts"
import { accessRequests } from "../../db/tables/people.ts"
import type { Tx } from "../../db/tenant.ts"

type ProjectId = IdOf<"project">

export interface Reserved {
  resource: Resource
  subject: string
  amount: number
}

/** What a project has of its organization's limits. */
export function reservationsOf(tx: Tx, projectId: ProjectId): Promise<Reserved[]> {
  const text = `select resource, subject, amount::float8 as amount from reservations_of_project($1)`
  return tx.query<Reserved>({ name: "moves_reservations", text }, [projectId])
}

/** Hands every row of a project to another organization; answers what it had reserved. */
export function handRowsOver(tx: Tx, projectId: ProjectId, to: string): Promise<Reserved[]> {
  const text = `select resource, subject, amount::float8 as amount from move_project($1, $2)`
  return tx.query<Reserved>({ name: "moves_hand_over", text }, [projectId, to])
}

/** How many of each are under way. */
export async function whatIsAtWork(tx: Tx, projectId: ProjectId) {
  const [running] = await tx.orm
    .select({ number: count() })
    .from(runs)
    .where(and(eq(runs.projectId, projectId), eq(runs.due, true)))
  const [compared] = await tx.orm
    .select({ number: count() })
    .from(comparisons)
    .where(and(eq(comparisons.projectId, projectId), eq(comparisons.due, true)))
  const [backed] = await tx.orm
    .select({ number: count() })
    .from(backups)
    .where(and(eq(backups.projectId, projectId), eq(backups.due, true)))
  return {
    runs: running?.number ?? 0,
    comparisons: compared?.number ?? 0,
    backups: backed?.number ?? 0,
  }
}

const opens = (projectId: ProjectId) => sql`${apiKeys.projectIds} @> array[${projectId}]::text[]`

/** Names of keys that are limited to projects, this one among them. */
export async function limitedKeys(tx: Tx, projectId: ProjectId): Promise<string[]> {
  const rows = await tx.orm
    .select({ name: apiKeys.name })
    .from(apiKeys)
    .where(opens(projectId))
    .orderBy(apiKeys.name)
  return rows.map(({ name }) => name)
}

/** Takes a project out of what keys are limited to; a key of nothing else ends, and is answered. */
export async function forgetInKeys(tx: Tx, projectId: ProjectId): Promise<IdOf<"api_key">[]> {
  const ended = await tx.orm
    .delete(apiKeys)
    .where(sql`${apiKeys.projectIds} = array[${projectId}]::text[]`)
    .returning({ id: apiKeys.id })
  await tx.orm
    .update(apiKeys)
    .set({ projectIds: sql`array_remove(${apiKeys.projectIds}, ${projectId})` })
    .where(opens(projectId))
  return ended.map(({ id }) => id)
}

/** Nobody of the organization before is waiting for access any more. */
export async function endRequests(tx: Tx, projectId: ProjectId): Promise<void> {
  await tx.orm.delete(accessRequests).where(eq(accessRequests.projectId, projectId))
}

/** A project's machines that do not rest, locked until the transaction ends. */
export async function lockAwake(tx: Tx, projectId: ProjectId) {
  const rows = await tx.orm
    .select({
      id: machines.id,
      purpose: machines.purpose,
      wanted: machines.wanted,
      state: machines.state,
    })
    .from(machines)
    .where(
      and(
        eq(machines.projectId, projectId),
        or(ne(machines.wanted, "stopped"), ne(machines.state, "stopped")),
      ),
    )
    .orderBy(machines.id)
    .for("update")
  return rows
}

/** All machines of a project. */
export async function machineIds(
  tx: Tx,
  projectId: ProjectId,
  among: readonly string[],
): Promise<IdOf<"machine">[]> {
  if (among.length === 0) return []
  const rows = await tx.orm
    .select({ id: machines.id })
    .from(machines)
    .where(
      and(
        eq(machines.projectId, projectId),
        inArray(machines.id, among as readonly IdOf<"machine">[]),
      ),
    )
  return rows.map(({ id }) => id)
}
