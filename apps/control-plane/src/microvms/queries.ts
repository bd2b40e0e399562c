import type { Role } from "@vibecaas/contract/roles"
import { assertFence, type Fenced } from "@vibecaas/reconcile/fence"
import { and, eq, gt, isNull, lte } from "drizzle-orm"
import { plainSql } from "../db/plain-sql.ts"
import { microvms, previewCodes } from "../db/tables/microvms.ts"
import type { Tx } from "../db/tenant.ts"
import type { MicrovmRow } from "./microvm.ts"

const columns = `id, organization_id as "organizationId", project_id as "projectId",
  cpu_count as "cpuCount", memory_mib as "memoryMib", disk_mib as "diskMib", trust, wanted,
  restart_wanted as "restartWanted", app_commit_wanted as "appCommitWanted", state, restarted,
  host_id as "hostId", driver, isolation, reaches, failure,
  app_state as "appState", app_commit as "appCommit", app_port as "appPort",
  app_exit_code as "appExitCode", app_restarts as "appRestarts",
  app_started_at as "appStartedAt", app_ended_at as "appEndedAt", app_failure as "appFailure",
  app_log_tail as "appLogTail", started_at as "startedAt", metered_until as "meteredUntil",
  updated_at as "updatedAt"`

export async function findMicrovm(tx: Tx, id: string): Promise<MicrovmRow | undefined> {
  const text = `select ${columns} from microvms where id = $1`
  return (await tx.query<MicrovmRow>({ name: "microvms_find", text }, [id]))[0]
}

export async function findOfProject(tx: Tx, projectId: string): Promise<MicrovmRow | undefined> {
  const text = `select ${columns} from microvms where project_id = $1`
  return (await tx.query<MicrovmRow>({ name: "microvms_of_project", text }, [projectId]))[0]
}

/** As `findOfProject`, locked until the transaction ends: for changes that depend on what is there. */
export async function lockOfProject(tx: Tx, projectId: string): Promise<MicrovmRow | undefined> {
  const text = `select ${columns} from microvms where project_id = $1 for update`
  return (await tx.query<MicrovmRow>({ name: "microvms_lock_of_project", text }, [projectId]))[0]
}

/** False when the project has a machine already. */
export async function insertMicrovm(tx: Tx, row: typeof microvms.$inferInsert): Promise<boolean> {
  const made = await tx.orm
    .insert(microvms)
    .values(row)
    .onConflictDoNothing({ target: microvms.projectId })
    .returning({ id: microvms.id })
  return made.length === 1
}

type Change = Partial<typeof microvms.$inferInsert>

/** Writes what a person or an agent wants. */
export async function updateWanted(tx: Tx, id: string, set: Change): Promise<void> {
  await tx.orm.update(microvms).set(set).where(eq(microvms.id, id))
}

/**
 * Writes what a turn of the loop observed.
 *
 * @throws Fault `lease_lost` when another worker has the machine by now
 */
export async function updateObserved(tx: Tx, turn: Fenced, set: Change): Promise<void> {
  await assertCurrent(tx, turn)
  await tx.orm
    .update(microvms)
    .set({ ...set, fence: Number(turn.fence) })
    .where(and(eq(microvms.id, turn.key.id), lte(microvms.fence, Number(turn.fence))))
}

/** @throws Fault `lease_lost` */
export async function assertCurrent(tx: Tx, turn: Fenced): Promise<void> {
  await assertFence(plainSql(tx), turn)
}

export async function deleteMicrovm(tx: Tx, id: string): Promise<boolean> {
  const gone = await tx.orm
    .delete(microvms)
    .where(eq(microvms.id, id))
    .returning({ id: microvms.id })
  return gone.length === 1
}

/** Where the rows of any organization say that these machines are; nothing for one without a row. */
export async function listPlaces(tx: Tx, ids: readonly string[]): Promise<Map<string, Place>> {
  const text = `select id, host_id as "hostId", driver from machine_places($1)`
  const rows = await tx.query<Place & { id: string }>({ name: "microvms_places", text }, [ids])
  return new Map(rows.map(({ id, ...place }) => [id, place]))
}

/** `null`: it was never written, because the machine has not booted yet. */
export interface Place {
  hostId: string | null
  driver: string | null
}

export interface PreviewCode {
  organizationId: string
  codeHash: string
  projectId: string
  userId: string
  sessionId: string
  host: string
  returnTo: string
  expiresAt: Date
}

export async function insertPreviewCode(tx: Tx, code: PreviewCode): Promise<void> {
  await tx.orm.insert(previewCodes).values(code)
}

/** Takes a code that nobody took before, that is of this project and host, and not too old. */
export async function takePreviewCode(
  tx: Tx,
  use: { codeHash: string; projectId: string; host: string; now: Date },
): Promise<Pick<PreviewCode, "userId" | "sessionId" | "returnTo"> | undefined> {
  const [taken] = await tx.orm
    .update(previewCodes)
    .set({ redeemedAt: use.now })
    .where(
      and(
        eq(previewCodes.codeHash, use.codeHash),
        eq(previewCodes.projectId, use.projectId),
        eq(previewCodes.host, use.host),
        isNull(previewCodes.redeemedAt),
        gt(previewCodes.expiresAt, use.now),
      ),
    )
    .returning({
      userId: previewCodes.userId,
      sessionId: previewCodes.sessionId,
      returnTo: previewCodes.returnTo,
    })
  return taken
}

/** The person's role in an organization while that sign-in lives; `undefined` when either has ended. */
export async function findRoleOfViewer(
  tx: Tx,
  viewer: { userId: string; sessionId: string; organizationId: string },
): Promise<Role | undefined> {
  const text = `select role from memberships_of($1)
    where organization_id = $2 and session_lives($3, $1)`
  const values = [viewer.userId, viewer.organizationId, viewer.sessionId]
  const rows = await tx.query<{ role: Role }>({ name: "microvms_role_of_viewer", text }, values)
  return rows[0]?.role
}
