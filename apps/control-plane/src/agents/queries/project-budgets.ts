import type { IdOf } from "@vibecaas/contract/kinds"
import { and, eq, ne, sql } from "drizzle-orm"
import { runs, runTasks } from "../../db/tables/agents.ts"
import { projectBudgets, projectMonths } from "../../db/tables/project-budgets.ts"
import type { Tx } from "../../db/tenant.ts"
import type { RunUse, Wanted } from "../work/budget.ts"

export type BudgetRow = typeof projectBudgets.$inferSelect
export type BudgetLimits = Pick<BudgetRow, "tokensMax" | "costMax" | "msMax">

export async function findBudget(
  tx: Tx,
  projectId: IdOf<"project">,
): Promise<BudgetRow | undefined> {
  return (await ofProject(tx, projectId))[0]
}

/** The same, locked: what runs beside each other would set aside is judged one after the other. */
export async function lockBudget(
  tx: Tx,
  projectId: IdOf<"project">,
): Promise<BudgetRow | undefined> {
  return (await ofProject(tx, projectId).for("update"))[0]
}

const ofProject = (tx: Tx, projectId: IdOf<"project">) =>
  tx.orm.select().from(projectBudgets).where(eq(projectBudgets.projectId, projectId))

/** What calls of all of a project's runs have set aside, perhaps but for one task's own. */
export async function asideInProject(
  tx: Tx,
  projectId: IdOf<"project">,
  exceptTaskId?: IdOf<"task">,
): Promise<Wanted> {
  const others = exceptTaskId === undefined ? undefined : ne(runTasks.id, exceptTaskId)
  const [row] = await tx.orm
    .select({
      tokens: sql<string>`coalesce(sum(${runTasks.reservedTokens}), 0)`,
      cost: sql<string>`coalesce(sum(${runTasks.reservedCost}), 0)`,
    })
    .from(runTasks)
    .innerJoin(runs, eq(runs.id, runTasks.runId))
    .where(and(eq(runs.projectId, projectId), others))
  return { tokens: Number(row?.tokens ?? 0), cost: Number(row?.cost ?? 0) }
}

/** Nobody else may change it at the same time: whoever calls it has locked the project's runs. */
export async function writeBudget(tx: Tx, row: BudgetRow): Promise<void> {
  const { tokensMax, costMax, msMax, version, updatedAt } = row
  await tx.orm.insert(projectBudgets).values(row).onConflictDoUpdate({
    target: projectBudgets.projectId,
    set: { tokensMax, costMax, msMax, version, updatedAt },
  })
}

/** @param month its first moment */
export async function usedInMonth(
  tx: Tx,
  projectId: IdOf<"project">,
  month: Date,
): Promise<RunUse> {
  const [row] = await tx.orm
    .select({ tokens: projectMonths.tokens, cost: projectMonths.cost, ms: projectMonths.ms })
    .from(projectMonths)
    .where(and(eq(projectMonths.projectId, projectId), eq(projectMonths.month, month)))
  return row ?? { tokens: 0, cost: 0, ms: 0 }
}

/** Adds what no run used. */
export async function addToMonth(
  tx: Tx,
  of: { projectId: IdOf<"project">; month: Date } & Wanted,
): Promise<void> {
  const text = `
    insert into project_months as m (organization_id, project_id, month, tokens, cost, ms)
    select organization_id, id, $2, $3::bigint, $4::bigint, 0 from projects where id = $1
    on conflict (project_id, month) do update set tokens = m.tokens + excluded.tokens,
      cost = m.cost + excluded.cost`
  const { projectId, month, tokens, cost } = of
  await tx.query({ name: "project_add_use", text }, [projectId, month, tokens, cost])
}

export interface ProjectUseRow {
  projectId: IdOf<"project">
  name: string
  machineSeconds: number
  tokens: number
  /** in millionths of a US dollar */
  cost: number
  ms: number
}

/** What projects used in the month from `from` to `to`, the dearest first; nothing of those that used nothing. */
export function useOfProjects(
  tx: Tx,
  of: { from: Date; to: Date; hidden: readonly string[]; limit: number },
): Promise<ProjectUseRow[]> {
  const text = `
    select p.id as "projectId", p.name, coalesce(u.seconds, 0)::float8 as "machineSeconds",
      coalesce(m.tokens, 0)::float8 as tokens, coalesce(m.cost, 0)::float8 as cost,
      coalesce(m.ms, 0)::float8 as ms
    from projects p
    left join project_months m on m.project_id = p.id and m.month = $1
    left join (
      select v.project_id, sum(e.quantity) as seconds from usage_events e
      join machines v on v.id = e.subject
      where e.meter = 'machine.seconds' and e.at >= $1 and e.at < $2 group by v.project_id
    ) u on u.project_id = p.id
    where (m.project_id is not null or u.project_id is not null) and not p.id = any($3::text[])
    order by cost desc, tokens desc, "machineSeconds" desc, p.id limit $4`
  return tx.query({ name: "use_of_projects", text }, [of.from, of.to, of.hidden, of.limit])
}
