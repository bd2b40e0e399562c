import type { EventKind, LoopName } from "@vibecaas/contract/kinds"
import type { Topic } from "@vibecaas/contract/stream"
import { columnsOf } from "../db/columns-of.ts"
import type { auditRecords } from "../db/tables/audit.ts"
import { signals } from "../db/tables/core.ts"
import type { Tx } from "../db/tenant.ts"

export type AuditRow = typeof auditRecords.$inferSelect

type ByDatabase = "projectId" | "number" | "previous" | "hash" | "erasedAt"

/** A record before it has its place in the chain. */
export type NewRecord = Omit<AuditRow, ByDatabase>

/** One statement for all; they get the order they have here. */
export async function insertRecords(tx: Tx, rows: readonly NewRecord[]): Promise<void> {
  const text = `
    insert into audit_records (id, organization_id, at, action, actor_kind, actor_id, actor_name,
      subject, ip, request_id, details, salt, digest)
    select * from unnest($1::text[], $2::text[], $3::timestamptz[], $4::text[], $5::text[],
      $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::jsonb[], $12::text[],
      $13::text[])`
  const all = <K extends keyof NewRecord>(key: K) => rows.map((row) => row[key])
  await tx.query({ name: "core_insert_records", text }, [
    ...[all("id"), all("organizationId"), all("at"), all("action"), all("actorKind")],
    ...[all("actorId"), all("actorName"), all("subject"), all("ip"), all("requestId")],
    ...[rows.map(({ details }) => JSON.stringify(details)), all("salt"), all("digest")],
  ])
}

export interface EventRow {
  topic: Topic
  kind: EventKind
  id: string
  data: unknown
  /** the project that it is about, if any */
  projectId: string | null
}

/**
 * One statement for all, in the order they have here; notifies each topic's readers at commit. All of an organization
 * hear its own topic, so what happens to projects that not all see is told on their own topics alone.
 */
export async function insertEvents(
  tx: Tx,
  organizationId: string,
  rows: readonly EventRow[],
): Promise<void> {
  const text = `
    with added as (
      insert into live_events (organization_id, topic, kind, object_id, data)
      select $1, e.topic, e.kind, e.id, e.data
      from unnest($2::text[], $3::text[], $4::text[], $5::jsonb[], $6::text[])
        with ordinality as e (topic, kind, id, data, project_id, place)
      where e.topic not like 'organization:%' or not exists (
        select from projects p where p.id = e.project_id and p.audience = 'listed')
      order by e.place
      returning topic
    )
    select pg_notify('live', topic) from (select distinct topic from added) topics`
  await tx.query({ name: "core_insert_events", text }, [
    organizationId,
    rows.map(({ topic }) => topic),
    rows.map(({ kind }) => kind),
    rows.map(({ id }) => id),
    rows.map(({ data }) => JSON.stringify(data ?? null)),
    rows.map(({ projectId }) => projectId),
  ])
}

/** Who waits for something's end to tear down its own part. */
export interface Holder {
  loop: LoopName
  id: string
}

/** Places a hold; once is enough. */
export async function insertHold(
  tx: Tx,
  hold: { organizationId: string; parentId: string; holder: Holder },
): Promise<void> {
  const text = `insert into holds (organization_id, parent_id, loop, holder_id)
    values ($1, $2, $3, $4) on conflict do nothing`
  const { organizationId, parentId, holder } = hold
  const values = [organizationId, parentId, holder.loop, holder.id]
  await tx.query({ name: "core_insert_hold", text }, values)
}

export async function deleteHold(tx: Tx, parentId: string, holder: Holder): Promise<void> {
  const text = "delete from holds where parent_id = $1 and loop = $2 and holder_id = $3"
  await tx.query({ name: "core_delete_hold", text }, [parentId, holder.loop, holder.id])
}

export function listHolders(tx: Tx, parentId: string): Promise<Holder[]> {
  const text =
    "select loop, holder_id as id from holds where parent_id = $1 order by loop, holder_id"
  return tx.query<Holder>({ name: "core_list_holders", text }, [parentId])
}

/** What loops look after of the transaction's organization. */
export function listLooped(tx: Tx): Promise<Holder[]> {
  const text = "select loop, id from objects where loop is not null order by loop, id"
  return tx.query<Holder>({ name: "core_list_looped", text }, [])
}

export type SignalRow = typeof signals.$inferSelect

/** False when nothing differs from what the child said before. */
export async function putSignal(tx: Tx, row: SignalRow): Promise<boolean> {
  const text = `
    insert into signals as s (organization_id, parent_id, child, phase, detail, about, news_at)
    values ($1, $2, $3, $4, $5, $6, $7)
    on conflict (parent_id, child) do update set
      phase = excluded.phase, detail = excluded.detail, about = excluded.about,
      news_at = case when (s.phase, s.about) is distinct from (excluded.phase, excluded.about)
        then coalesce(excluded.news_at, s.news_at) else s.news_at end
    where (s.phase, s.detail, s.about)
      is distinct from (excluded.phase, excluded.detail, excluded.about)
    returning 1`
  const { organizationId, parentId, child, phase, detail, about, newsAt } = row
  const values = [organizationId, parentId, child, phase, detail, about, newsAt]
  return (await tx.query({ name: "core_put_signal", text }, values)).length === 1
}

export function listSignals(tx: Tx, parentId: string): Promise<SignalRow[]> {
  const text = `
    select ${columnsOf(signals)} from signals where parent_id = $1 order by child`
  return tx.query<SignalRow>({ name: "core_list_signals", text }, [parentId])
}
