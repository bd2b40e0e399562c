import type { ModelMetrics } from "@vibecaas/contract/model-metrics"
import type { Tx } from "../../db/tenant.ts"

/** Either of a role, or of a day (`2026-11-28`, in UTC). */
export type MetricsRow = Omit<ModelMetrics, "role" | "costCents"> & {
  role: string | null
  day: string | null
  /** in millionths of a US dollar */
  cost: number
}

/**
 * What the journal's calls that began at or after `from` and before `to` say of each model, by role
 * and by day. Calls of tools count to the model that their task asked last.
 */
export function readMetrics(tx: Tx, { from, to }: { from: Date; to: Date }): Promise<MetricsRow[]> {
  const text = `
    with calls as (
      select s.run_id, s.task_id, s.sequence, s.name, s.provider, s.ok, s.requests, s.first_ms,
        s.answer_ms, s.output_tokens, s.cost, s.duration_ms, t.role, t.state as task_state, r.state as run_state,
        to_char(s.started_at at time zone 'UTC', 'YYYY-MM-DD') as day
      from run_steps s
      join run_tasks t on t.organization_id = s.organization_id and t.id = s.task_id
      join runs r on r.organization_id = s.organization_id and r.id = s.run_id
      where s.started_at >= $1 and s.started_at < $2
    ), asked as (
      select distinct on (task_id) task_id, provider, name as model
      from calls where provider is not null order by task_id, sequence desc
    ), credited as (
      select c.*, c.provider is not null as asks,
        coalesce(c.provider, a.provider) as asked_provider,
        case when c.provider is null then a.model else c.name end as asked_model
      from calls c join asked a using (task_id)
    )
    select role, day, asked_provider as provider, asked_model as model,
      count(distinct run_id)::int as runs,
      count(distinct run_id) filter (where run_state = 'succeeded')::int as "runsSucceeded",
      count(distinct task_id)::int as tasks,
      count(distinct task_id) filter (where task_state = 'succeeded')::int as "tasksSucceeded",
      count(distinct task_id) filter (where task_state = 'failed')::int as "tasksFailed",
      count(*) filter (where asks and ok)::int as answers,
      count(*) filter (where asks and not ok)::int as unanswered,
      coalesce(sum(requests - 1), 0)::int as retries,
      coalesce(sum(output_tokens), 0)::float8 as "outputTokens",
      coalesce(sum(cost), 0)::float8 as cost,
      count(*) filter (where asks and ok and cost is null)::int as unpriced,
      round(percentile_cont(0.5) within group (order by first_ms))::int as "firstMsMedian",
      round(percentile_cont(0.95) within group (order by first_ms))::int as "firstMsSlow",
      (sum(output_tokens) * 1000.0 / nullif(sum(answer_ms)
        filter (where output_tokens is not null), 0))::float8 as "tokensPerSecond",
      coalesce(sum(duration_ms) filter (where not asks), 0)::float8 as "toolMs"
    from credited
    group by grouping sets ((role, asked_provider, asked_model), (day, asked_provider, asked_model))
    order by 1, 2, 3, 4`
  return tx.query<MetricsRow>({ name: "models_metrics", text }, [from, to])
}
