import type { EventKind } from "@vibecaas/contract/stream"
import type { Tx } from "../db/tenant.ts"

interface NewEvent {
  topic: string
  kind: EventKind
  id: string
  data: unknown
}

/** Inserts one event and notifies the readers at commit. */
export async function insertEvent(tx: Tx, organizationId: string, event: NewEvent): Promise<void> {
  const text = `
    with added as (
      insert into live_events (organization_id, topic, kind, object_id, data)
      values ($1, $2, $3, $4, $5) returning topic
    )
    select pg_notify('live', topic) from added`
  const values = [
    organizationId,
    event.topic,
    event.kind,
    event.id,
    JSON.stringify(event.data ?? null),
  ]
  await tx.query({ name: "live_insert_event", text }, values)
}
