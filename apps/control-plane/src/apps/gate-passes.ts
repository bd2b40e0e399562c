import type { IdOf } from "@vibecaas/contract/kinds"
import type { Tx } from "../db/tenant.ts"
import type { AppRow } from "./app.ts"

/** On which all servers hear that visitors of a project have to wait, or may pass again. */
export const gateChannel = "gates"

/** States of an app that is on its way: those who want to see it may be asked to wait. */
const underWay: readonly AppRow["state"][] = ["none", "starting", "running"]

/** Whether another version is taking the place of the one that ran, so that visitors wait. */
export const keepsWaiting = ({ phase, state }: Pick<AppRow, "phase" | "state">): boolean =>
  phase !== "settled" && underWay.includes(state)

export interface PassOf {
  organizationId: string
  projectId: IdOf<"project">
  server: string
}

/**
 * Gives a server leave to let visitors in for so many `ms`; false while they have to wait. The app's
 * row is locked against a change that begins meanwhile, so that whoever begins one sees all passes.
 */
export async function takePass(tx: Tx, of: PassOf & { forMs: number }): Promise<boolean> {
  const text = `
    with app as (
      select phase, state from apps where project_id = $2 and purpose = 'live'
      order by created_at, id limit 1 for share)
    insert into gate_passes (organization_id, project_id, server, expires_at)
    select $1, $2, $3, clock_timestamp() + $4 * interval '1 ms'
    where not exists (select from app where phase <> 'settled' and state = any($5))
    on conflict (project_id, server) do update set expires_at = excluded.expires_at
    returning server`
  const values = [of.organizationId, of.projectId, of.server, of.forMs, underWay]
  return (await tx.query({ name: "apps_take_pass", text }, values)).length === 1
}

export async function dropPass(tx: Tx, of: PassOf): Promise<void> {
  const text = "delete from gate_passes where project_id = $1 and server = $2"
  await tx.query({ name: "apps_drop_pass", text }, [of.projectId, of.server])
}

/**
 * Whether any other server may still let visitors in. What servers that died left is cleared away, and
 * what this one left in an earlier life: its visits ended with that.
 */
export async function anyPassOfOthers(tx: Tx, { projectId, server }: PassOf): Promise<boolean> {
  const text = `
    with old as (
      delete from gate_passes
      where project_id = $1 and (server = $2 or expires_at <= clock_timestamp()))
    select from gate_passes
    where project_id = $1 and server <> $2 and expires_at > clock_timestamp() limit 1`
  return (await tx.query({ name: "apps_any_pass", text }, [projectId, server])).length === 1
}

/** Asks all servers, once this is committed, to give their passes of an app back. */
export const callPassesBack = (tx: Tx, projectId: IdOf<"project">) => tell(tx, projectId, "close")

/** Tells all servers, once this is committed, that there are passes to be had again. */
export const openGates = (tx: Tx, projectId: IdOf<"project">) => tell(tx, projectId, "open")

async function tell(tx: Tx, projectId: IdOf<"project">, what: "open" | "close"): Promise<void> {
  const text = "select pg_notify($1, $2)"
  await tx.query({ name: "apps_tell_gates", text }, [gateChannel, `${projectId} ${what}`])
}
