import type { IdOf } from "@vibecaas/contract/kinds"
import { and, eq, lt, sql } from "drizzle-orm"
import { aiCalls, aiModels, aiMonths, projectAi } from "../db/tables/ai.ts"
import type { Tx } from "../db/tenant.ts"

export type AiRow = typeof projectAi.$inferSelect
export type AiModelsRow = typeof aiModels.$inferSelect
export type AiCallRow = typeof aiCalls.$inferSelect
type ProjectId = IdOf<"project">

const ofProject = (tx: Tx, projectId: ProjectId) =>
  tx.orm.select().from(projectAi).where(eq(projectAi.projectId, projectId))

export async function findAi(tx: Tx, projectId: ProjectId): Promise<AiRow | undefined> {
  return (await ofProject(tx, projectId))[0]
}

/** The same, locked: calls of one app are judged one after the other. */
export async function lockAi(tx: Tx, projectId: ProjectId): Promise<AiRow | undefined> {
  return (await ofProject(tx, projectId).for("update"))[0]
}

/** In place of what was there. */
export async function putAi(tx: Tx, row: AiRow): Promise<void> {
  const { projectId: _, organizationId: __, ...set } = row
  await tx.orm
    .insert(projectAi)
    .values(row)
    .onConflictDoUpdate({ target: projectAi.projectId, set })
}

export interface MonthUse {
  tokens: number
  /** in millionths of a US dollar */
  cost: number
  calls: number
}

/** @param month its first moment */
export async function usedInMonth(tx: Tx, projectId: ProjectId, month: Date): Promise<MonthUse> {
  const [row] = await tx.orm
    .select({ tokens: aiMonths.tokens, cost: aiMonths.cost, calls: aiMonths.calls })
    .from(aiMonths)
    .where(and(eq(aiMonths.projectId, projectId), eq(aiMonths.month, month)))
  return row ?? { tokens: 0, cost: 0, calls: 0 }
}

/** Adds one call; nothing when the project is gone. */
export async function addToMonth(
  tx: Tx,
  of: { projectId: ProjectId; month: Date; tokens: number; cost: number },
): Promise<void> {
  const text = `
    insert into ai_months as m (organization_id, project_id, month, tokens, cost, calls)
    select organization_id, id, $2, $3::bigint, $4::bigint, 1 from projects where id = $1
    on conflict (project_id, month) do update set tokens = m.tokens + excluded.tokens,
      cost = m.cost + excluded.cost, calls = m.calls + 1`
  const { projectId, month, tokens, cost } = of
  await tx.query({ name: "ai_add_use", text }, [projectId, month, tokens, cost])
}

export async function insertCall(tx: Tx, row: AiCallRow): Promise<void> {
  await tx.orm.insert(aiCalls).values(row)
}

/** False when it was taken away: it lasted for too long. */
export async function deleteCall(tx: Tx, id: AiCallRow["id"]): Promise<boolean> {
  const gone = await tx.orm.delete(aiCalls).where(eq(aiCalls.id, id)).returning({ id: aiCalls.id })
  return gone.length === 1
}

/** Calls of servers that died, which are taken away. */
export async function deleteLateCalls(tx: Tx, now: Date): Promise<AiCallRow["id"][]> {
  const gone = await tx.orm
    .delete(aiCalls)
    .where(lt(aiCalls.endsAt, now))
    .returning({ id: aiCalls.id })
  return gone.map(({ id }) => id)
}

/** How many calls of a project are under way, and what they may use together. */
export async function underWay(tx: Tx, projectId: ProjectId): Promise<MonthUse> {
  const [row] = await tx.orm
    .select({
      tokens: sql<string>`coalesce(sum(${aiCalls.tokens}), 0)`,
      cost: sql<string>`coalesce(sum(${aiCalls.cost}), 0)`,
      calls: sql<string>`count(*)`,
    })
    .from(aiCalls)
    .where(eq(aiCalls.projectId, projectId))
  const { tokens = 0, cost = 0, calls = 0 } = row ?? {}
  return { tokens: Number(tokens), cost: Number(cost), calls: Number(calls) }
}

/** The organization's own choice. */
export async function findChosen(tx: Tx): Promise<AiModelsRow | undefined> {
  return (await tx.orm.select().from(aiModels))[0]
}

export async function lockChosen(tx: Tx): Promise<AiModelsRow | undefined> {
  return (await tx.orm.select().from(aiModels).for("update"))[0]
}

export async function putChosen(tx: Tx, row: AiModelsRow): Promise<void> {
  const { organizationId: _, ...set } = row
  await tx.orm
    .insert(aiModels)
    .values(row)
    .onConflictDoUpdate({ target: aiModels.organizationId, set })
}
