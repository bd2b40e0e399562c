import type { IdOf } from "@vibecaas/contract/kinds"
import { invariant } from "@vibecaas/kernel/fault"
import { and, desc, eq, inArray, isNull } from "drizzle-orm"
import { projectAi } from "../db/tables/ai.ts"
import { approvalRules } from "../db/tables/inquiries.ts"
import { mcpServers } from "../db/tables/mcp.ts"
import { projectMoves } from "../db/tables/moves.ts"
import { egressRules } from "../db/tables/network.ts"
import { packageScripts } from "../db/tables/packages.ts"
import { projectBudgets } from "../db/tables/project-budgets.ts"
import { projectVersions } from "../db/tables/projects.ts"
import type { Tx } from "../db/tenant.ts"
import type { MoveRow } from "./move.ts"

type ProjectId = IdOf<"project">
type MoveId = IdOf<"move">

export async function findMove(tx: Tx, id: MoveId): Promise<MoveRow | undefined> {
  return (await tx.orm.select().from(projectMoves).where(eq(projectMoves.id, id)))[0]
}

/** The same, locked until the transaction ends. */
export async function lockMove(tx: Tx, id: MoveId): Promise<MoveRow | undefined> {
  return (await tx.orm.select().from(projectMoves).where(eq(projectMoves.id, id)).for("update"))[0]
}

/** Newest first. */
export function listMoves(tx: Tx, projectId: ProjectId, limit: number): Promise<MoveRow[]> {
  return tx.orm
    .select()
    .from(projectMoves)
    .where(eq(projectMoves.projectId, projectId))
    .orderBy(desc(projectMoves.id))
    .limit(limit)
}

/** One of the project that is under way. */
export async function findUnderWay(tx: Tx, projectId: ProjectId): Promise<MoveRow | undefined> {
  const [row] = await tx.orm
    .select()
    .from(projectMoves)
    .where(
      and(
        eq(projectMoves.projectId, projectId),
        inArray(projectMoves.state, ["waiting", "working"]),
      ),
    )
    .limit(1)
  return row
}

export async function insertMove(tx: Tx, row: typeof projectMoves.$inferInsert): Promise<MoveRow> {
  const [made] = await tx.orm.insert(projectMoves).values(row).returning()
  invariant(made, "an inserted move is answered")
  return made
}

export async function updateMove(
  tx: Tx,
  id: MoveId,
  set: Partial<typeof projectMoves.$inferInsert>,
): Promise<void> {
  await tx.orm.update(projectMoves).set(set).where(eq(projectMoves.id, id))
}

/** What people decided of a project that a copy has, too: rules of its agents, its budget, its packages' scripts. */
export async function copyDecisions(
  tx: Tx,
  { from, to, newRuleId }: { from: ProjectId; to: ProjectId; newRuleId: () => IdOf<"egressRule"> },
): Promise<void> {
  const theirs = <Row extends { projectId: ProjectId }>(rows: readonly Row[]) =>
    rows.map((row) => ({ ...row, projectId: to }))
  const ofSource = { rules: approvalRules, budgets: projectBudgets, scripts: packageScripts }
  for (const table of Object.values(ofSource)) {
    const rows = await tx.orm.select().from(table).where(eq(table.projectId, from))
    if (rows.length > 0) await tx.orm.insert(table).values(theirs(rows)).onConflictDoNothing()
  }
  const rules = await tx.orm
    .select()
    .from(egressRules)
    .where(and(eq(egressRules.projectId, from), isNull(egressRules.name)))
  if (rules.length === 0) return
  const own = theirs(rules).map((row) => ({ ...row, id: newRuleId() }))
  await tx.orm.insert(egressRules).values(own)
}

/** How versions came about that git does not tell of. */
export async function copyVersions(
  tx: Tx,
  { from, to }: { from: ProjectId; to: ProjectId },
): Promise<void> {
  const rows = await tx.orm
    .select()
    .from(projectVersions)
    .where(eq(projectVersions.projectId, from))
  if (rows.length === 0) return
  const own = rows.map((row) => ({ ...row, projectId: to }))
  await tx.orm.insert(projectVersions).values(own).onConflictDoNothing()
}

/** What of a project has secrets of its own, so that a copy does not have it. */
export async function withSecrets(tx: Tx, projectId: ProjectId) {
  const rules = await tx.orm.select().from(egressRules).where(eq(egressRules.projectId, projectId))
  const servers = await tx.orm.select().from(mcpServers).where(eq(mcpServers.projectId, projectId))
  const [ai] = await tx.orm.select().from(projectAi).where(eq(projectAi.projectId, projectId))
  return {
    services: rules.flatMap(({ name }) => (name === null ? [] : [name])),
    servers: servers.map(({ name }) => name),
    ai: ai?.enabled === true,
  }
}
