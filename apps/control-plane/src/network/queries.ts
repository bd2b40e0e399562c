import type { IdOf } from "@vibecaas/contract/kinds"
import { egressLogMax } from "@vibecaas/contract/kinds/network"
import { and, asc, desc, eq, exists, getTableColumns, sql } from "drizzle-orm"
import { egressLog, egressRules } from "../db/tables/network.ts"
import { secrets } from "../db/tables/secrets.ts"
import type { Tx } from "../db/tenant.ts"
import type { EntryRow, RuleRow, ShownRule } from "./rule.ts"

type ProjectId = IdOf<"project">

/** A project's, by host. */
export function listRules(tx: Tx, projectId: ProjectId): Promise<RuleRow[]> {
  return tx.orm
    .select()
    .from(egressRules)
    .where(eq(egressRules.projectId, projectId))
    .orderBy(asc(egressRules.host), asc(egressRules.id))
}

/** The same, with what people are told of their values; connections need it not. */
export function listShownRules(tx: Tx, projectId: ProjectId): Promise<ShownRule[]> {
  const kept = tx.orm.select().from(secrets).where(eq(secrets.keptBy, egressRules.id))
  return tx.orm
    .select({ ...getTableColumns(egressRules), hasValue: sql<boolean>`${exists(kept)}` })
    .from(egressRules)
    .where(eq(egressRules.projectId, projectId))
    .orderBy(asc(egressRules.host), asc(egressRules.id))
}

export async function insertRule(tx: Tx, row: RuleRow): Promise<void> {
  await tx.orm.insert(egressRules).values(row)
}

/** Says that what it is asked with was set. */
export async function touchRule(tx: Tx, { id, version, updatedAt }: RuleRow): Promise<void> {
  await tx.orm.update(egressRules).set({ version, updatedAt }).where(eq(egressRules.id, id))
}

export async function deleteRule(tx: Tx, { projectId, id }: RuleRow): Promise<void> {
  await tx.orm
    .delete(egressRules)
    .where(and(eq(egressRules.projectId, projectId), eq(egressRules.id, id)))
}

/** Adds one of a project that is still there, and takes the oldest away above what is kept. */
export async function addEntry(tx: Tx, row: EntryRow): Promise<void> {
  const text = `
    with kept as (
      insert into egress_log (id, organization_id, project_id, at, host, port, purpose, decision, why,
        bytes_sent, bytes_received)
      select $1, organization_id, id, $3, $4, $5, $6, $7, $8, $9::bigint, $10::bigint
      from projects where id = $2 returning id
    )
    delete from egress_log where project_id = $2 and id <= (
      select id from egress_log where project_id = $2 order by id desc offset $11 limit 1
    )`
  const { id, projectId, at, host, port, purpose, decision, why } = row
  const bytes = [row.bytesSent, row.bytesReceived]
  await tx.query({ name: "egress_log_add", text }, [
    ...[id, projectId, at, host, port, purpose, decision, why],
    ...bytes,
    egressLogMax - 1,
  ])
}

/** The newest of a project. */
export function listEntries(tx: Tx, projectId: ProjectId, limit: number): Promise<EntryRow[]> {
  return tx.orm
    .select()
    .from(egressLog)
    .where(eq(egressLog.projectId, projectId))
    .orderBy(desc(egressLog.id))
    .limit(limit)
}
