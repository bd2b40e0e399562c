import type { Resource } from "@vibecaas/contract/kinds"
import type { Plan } from "@vibecaas/contract/plans"
import type { Tx } from "../db/tenant.ts"
import type { Wanted } from "./quota.ts"

/** The organization's plan, locked until the transaction ends. */
export async function lockPlan(tx: Tx): Promise<Plan | undefined> {
  const text = "select plan from organization_plans for no key update"
  const [row] = await tx.query<{ plan: Plan }>({ name: "quotas_lock_plan", text }, [])
  return row?.plan
}

export async function findPlan(tx: Tx): Promise<Plan | undefined> {
  const text = "select plan from organization_plans"
  const [row] = await tx.query<{ plan: Plan }>({ name: "quotas_find_plan", text }, [])
  return row?.plan
}

export async function updatePlan(tx: Tx, plan: Plan, at: Date): Promise<void> {
  const text = "update organization_plans set plan = $1, updated_at = $2"
  await tx.query({ name: "quotas_update_plan", text }, [plan, at])
}

/** Limits that the transaction's organization has in place of its plan's. */
export async function findLimits(tx: Tx): Promise<ReadonlyMap<string, number>> {
  const text = "select resource, amount::float8 as amount from organization_limits"
  const named = { name: "quotas_own_limits", text }
  const rows = await tx.query<{ resource: string; amount: number }>(named, [])
  return new Map(rows.map(({ resource, amount }) => [resource, amount]))
}

export async function putLimit(
  tx: Tx,
  of: { organizationId: string; resource: string; amount: number | null },
): Promise<void> {
  const { organizationId, resource, amount } = of
  if (amount === null) {
    const text = "delete from organization_limits where resource = $1"
    await tx.query({ name: "quotas_drop_limit", text }, [resource])
    return
  }
  const text = `
    insert into organization_limits (organization_id, resource, amount) values ($1, $2, $3)
    on conflict (organization_id, resource) do update set amount = excluded.amount`
  await tx.query({ name: "quotas_put_limit", text }, [organizationId, resource, amount])
}

/**
 * Writes the reservation if it fits the limit. Only under `lockPlan`, in a statement of its own,
 * which therefore sees what the holder of the lock before it has committed.
 */
export async function putReservation(
  tx: Tx,
  wanted: Wanted & { organizationId: string; limit: number },
): Promise<{ used: number; taken: boolean }> {
  const text = `
    with others as (
      select coalesce(sum(amount), 0)::bigint as used from quota_reservations
      where resource = $2 and subject <> $3
    ), put as (
      insert into quota_reservations (organization_id, resource, subject, amount)
      select $1, $2, $3, $4::bigint from others where used + $4::bigint <= $5::bigint
      on conflict (organization_id, resource, subject) do update set amount = excluded.amount
      returning 1
    )
    select used::float8 as used, exists (select from put) as taken from others`
  const { organizationId, resource, subject, amount, limit } = wanted
  const [row] = await tx.query<{ used: number; taken: boolean }>({ name: "quotas_put", text }, [
    organizationId,
    resource,
    subject,
    amount,
    limit,
  ])
  return row ?? { used: 0, taken: false }
}

export async function deleteReservations(
  tx: Tx,
  of: readonly Resource[],
  subject: string,
): Promise<void> {
  const text = "delete from quota_reservations where resource = any($1) and subject = $2"
  await tx.query({ name: "quotas_delete", text }, [of, subject])
}

export function sumReservations(tx: Tx): Promise<{ resource: string; used: number }[]> {
  const text =
    "select resource, sum(amount)::float8 as used from quota_reservations group by resource"
  return tx.query({ name: "quotas_sum", text }, [])
}
