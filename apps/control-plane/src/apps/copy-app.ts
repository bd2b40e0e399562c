import type { Readable } from "node:stream"
import type { IdOf } from "@vibecaas/contract/kinds"
import type { Ctx, Parts } from "../core/ctx.ts"
import { actAsPlatform } from "../core/resource.ts"
import type { LiveMachines } from "../machines/index.ts"
import type { CommitParts } from "../projects/index.ts"
import { restoreBackup } from "./backups/change-backups.ts"
import { addMade } from "./backups/keep-backup.ts"
import { findNewest } from "./backups/queries.ts"
import { findOfProject } from "./queries.ts"
import type { Snapshots, Written } from "./snapshots.ts"
import { configureApp, startApp } from "./start-app.ts"
import { dataFolder } from "./switch-app.ts"

type ProjectId = IdOf<"project">

/** The data of a project's live app: as they are now; of a machine that rests, as they were kept last. */
export async function liveData(
  parts: Parts & { live: LiveMachines; snapshots: Snapshots },
  of: { organizationId: string; projectId: ProjectId },
): Promise<Readable | undefined> {
  const [live] = parts.live.ofProject(of.projectId)
  if (live) return live.guest.pack(dataFolder)
  const newest = await actAsPlatform(parts, { ...of, readOnly: true }, (ctx) =>
    findNewest(ctx.db, of.projectId),
  )
  return newest && parts.snapshots.read(newest)
}

export interface AppCopy {
  from: ProjectId
  to: ProjectId
  commit: string
  variables: boolean
  /** an archive of data, kept for the copy, that it begins with */
  data?: (Written & { id: IdOf<"backup"> }) | undefined
}

/**
 * Starts an app as another project's is started: its command, and its variables if wanted. Of a project that
 * never ran nothing is started.
 *
 * @throws Fault those of starts and of restores
 */
export async function copyApp(
  ctx: Ctx,
  parts: Pick<CommitParts, "repositories">,
  { from, to, commit, variables, data }: AppCopy,
): Promise<void> {
  const source = await findOfProject(ctx.db, from)
  if (!source) return
  const app = await startApp(ctx, { projectId: to, commit, trust: "untrusted" })
  const environment = variables ? source.environment : {}
  const set = { command: source.command, environment }
  await configureApp(ctx, { appId: app.id, ifMatch: undefined, set })
  if (!data) return
  const { organizationId, projectId } = app
  const made = { ...data, reason: "import" as const }
  await addMade(ctx, { organizationId, projectId, commit: source.commit }, made)
  await restoreBackup(ctx, parts, data.id)
}
