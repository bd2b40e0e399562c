import type { IdOf } from "@vibecaas/contract/kinds"
import type { Release } from "@vibecaas/contract/kinds/apps"
import type { Role } from "@vibecaas/contract/roles"
import { and, asc, desc, eq, gt, isNull, lt } from "drizzle-orm"
import { appReleases, apps } from "../db/tables/apps.ts"
import { previewCodes } from "../db/tables/preview-codes.ts"
import type { Tx } from "../db/tenant.ts"
import type { AppRow } from "./app.ts"

export async function findApp(tx: Tx, id: IdOf<"app">): Promise<AppRow | undefined> {
  const [row] = await tx.orm.select().from(apps).where(eq(apps.id, id))
  return row
}

const ofProject = (tx: Tx, projectId: IdOf<"project">) =>
  tx.orm
    .select()
    .from(apps)
    .where(and(eq(apps.projectId, projectId), eq(apps.purpose, "live")))
    .orderBy(asc(apps.createdAt), asc(apps.id))
    .limit(1)

/** Drafts too, oldest first; ids are as old as what they name. `after` is the last one already seen. */
export function listOfProject(
  tx: Tx,
  projectId: IdOf<"project">,
  page: { limit: number; after: IdOf<"app"> | undefined },
): Promise<AppRow[]> {
  const { after, limit } = page
  return tx.orm
    .select()
    .from(apps)
    .where(and(eq(apps.projectId, projectId), after && gt(apps.id, after)))
    .orderBy(asc(apps.id))
    .limit(limit)
}

export async function findOnMachine(
  tx: Tx,
  machineId: IdOf<"machine">,
): Promise<AppRow | undefined> {
  const [row] = await tx.orm.select().from(apps).where(eq(apps.machineId, machineId)).limit(1)
  return row
}

/** What runs on a machine. */
export function lockOnMachine(tx: Tx, machineId: IdOf<"machine">): Promise<AppRow[]> {
  return tx.orm
    .select()
    .from(apps)
    .where(eq(apps.machineId, machineId))
    .orderBy(asc(apps.id))
    .for("update")
}

/** The project's first live app, which is at its address. */
export async function findOfProject(
  tx: Tx,
  projectId: IdOf<"project">,
): Promise<AppRow | undefined> {
  return (await ofProject(tx, projectId))[0]
}

/** As `findApp`, locked until the transaction ends. */
export async function lockApp(tx: Tx, id: IdOf<"app">): Promise<AppRow | undefined> {
  const [row] = await tx.orm.select().from(apps).where(eq(apps.id, id)).for("update")
  return row
}

/** As `findOfProject`, locked until the transaction ends. Whoever locks the machine too locks it first. */
export async function lockOfProject(
  tx: Tx,
  projectId: IdOf<"project">,
): Promise<AppRow | undefined> {
  return (await ofProject(tx, projectId).for("update"))[0]
}

type Change = Partial<typeof apps.$inferInsert>

export async function insertApp(
  tx: Tx,
  row: typeof apps.$inferInsert,
): Promise<AppRow | undefined> {
  const [made] = await tx.orm.insert(apps).values(row).returning()
  return made
}

export async function updateApp(tx: Tx, id: IdOf<"app">, set: Change): Promise<void> {
  await tx.orm.update(apps).set(set).where(eq(apps.id, id))
}

export async function deleteApp(tx: Tx, id: IdOf<"app">): Promise<boolean> {
  const gone = await tx.orm.delete(apps).where(eq(apps.id, id)).returning({ id: apps.id })
  return gone.length === 1
}

type ReleaseRow = typeof appReleases.$inferSelect

/** Newest first; `before` is the number of the last one already seen. */
export function listReleases(
  tx: Tx,
  appId: IdOf<"app">,
  page: { limit: number; before: number | undefined },
): Promise<ReleaseRow[]> {
  const { before } = page
  return tx.orm
    .select()
    .from(appReleases)
    .where(
      and(
        eq(appReleases.appId, appId),
        before === undefined ? undefined : lt(appReleases.number, before),
      ),
    )
    .orderBy(desc(appReleases.number))
    .limit(page.limit)
}

/** Begins a release, unless one of that commit and settings is open; one of others ends. */
export async function beginRelease(
  tx: Tx,
  app: Pick<AppRow, "id" | "organizationId" | "command" | "environment" | "settingsVersion">,
  of: { commit: string; now: Date },
): Promise<void> {
  const { command, environment, settingsVersion } = app
  const [last] = await listReleases(tx, app.id, { limit: 1, before: undefined })
  if (last && last.endedAt === null) {
    if (last.commit === of.commit && last.settingsVersion === settingsVersion) return
    await markRelease(tx, app.id, { outcome: "replaced", endedAt: of.now })
  }
  await tx.orm.insert(appReleases).values({
    organizationId: app.organizationId,
    appId: app.id,
    number: (last?.number ?? 0) + 1,
    commit: of.commit,
    ...{ command, settingsVersion, variables: Object.keys(environment) },
    outcome: "starting",
    startedAt: of.now,
  })
}

/** Writes what became of the open release. */
export async function markRelease(
  tx: Tx,
  appId: IdOf<"app">,
  set: { outcome: Release["outcome"]; failure?: string | null; endedAt?: Date },
): Promise<void> {
  await tx.orm
    .update(appReleases)
    .set(set)
    .where(and(eq(appReleases.appId, appId), isNull(appReleases.endedAt)))
}

export interface PreviewCode {
  organizationId: IdOf<"organization">
  codeHash: string
  projectId: IdOf<"project">
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
  use: { codeHash: string; projectId: IdOf<"project">; host: string; now: Date },
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
  viewer: { userId: string; sessionId: string; organizationId: string; projectId: string },
): Promise<Role | undefined> {
  const text = "select viewer_of_project($1, $2, $3, $4) as role"
  const values = [viewer.userId, viewer.sessionId, viewer.organizationId, viewer.projectId]
  const rows = await tx.query<{ role: Role | null }>({ name: "apps_role_of_viewer", text }, values)
  return rows[0]?.role ?? undefined
}
