import type { IdOf } from "@vibecaas/contract/kinds"
import { projectId as projectIdSchema } from "@vibecaas/contract/kinds/projects"
import { invariant, isFault } from "@vibecaas/kernel/fault"
import type { Turn } from "@vibecaas/reconcile/loop"
import { copyApp, findAppOfProject, liveData } from "../apps/index.ts"
import type { Ctx } from "../core/ctx.ts"
import { record } from "../core/record.ts"
import { inTurn } from "../core/resource.ts"
import { needLivingProject } from "../projects/index.ts"
import { missingFor, ownNames } from "../secrets/index.ts"
import type { MoveRow } from "./move.ts"
import { note } from "./move-resource.ts"
import type { MovesParts } from "./moves-parts.ts"
import { copyDecisions, copyVersions, withSecrets } from "./queries.ts"
import { whileWanted } from "./while-wanted.ts"

type Kept = NonNullable<Parameters<typeof copyApp>[2]["data"]>

/** Copies files, decisions, how the app is started and, where wanted, its data. @throws Fault with why not */
export async function makeCopy(
  parts: MovesParts,
  { row, turn }: { row: MoveRow; turn: Turn },
): Promise<void> {
  const { copy } = row.request
  invariant(copy, "a copy says of what")
  const from = projectIdSchema.parse(copy.projectId)
  const { history } = copy
  const { commit, data } = await whileWanted(parts, { row, turn }, async ({ say, signal }) => {
    say(() => "copying files")
    const of = { from, to: row.projectId, history, author: row.startedByName }
    const commit = await parts.repositories.copy(of)
    signal.throwIfAborted()
    if (!copy.data || commit === null) return { commit, data: undefined }
    say(() => "copying data")
    return { commit, data: await keepData(parts, { row, from }) }
  })
  const between = { from, to: row.projectId }
  const end = (started: boolean, why?: string) =>
    inTurn(parts, turn, async (ctx) => {
      await needLivingProject(ctx, row.projectId)
      if (history) await copyVersions(ctx.db, between)
      await copyDecisions(ctx.db, { ...between, newRuleId: () => ctx.newId("egr") })
      if (commit !== null) recordFiles(ctx, row, commit)
      if (commit !== null && started)
        await copyApp(ctx, parts, { ...between, commit, variables: copy.variables, data })
      const noData = copy.data && data === undefined ? ["The app has no data to copy."] : []
      const missing = await missingIn(ctx, { ...between, variables: copy.variables })
      const leftOut = [...(why === undefined ? [] : [why]), ...noData, ...missing]
      await note(ctx, row, { state: "done", doing: null, leftOut })
    })
  try {
    await end(true)
  } catch (error) {
    if (!isFault(error, "quota_exceeded")) throw error
    await end(false, `The app was not started: ${error.say}`)
  }
}

/** The data as an archive that is the copy's own; its backup is written with the app. */
async function keepData(
  parts: MovesParts,
  { row, from }: { row: MoveRow; from: IdOf<"project"> },
): Promise<Kept | undefined> {
  const of = { organizationId: row.organizationId, projectId: from }
  const archive = await liveData(parts, of)
  if (!archive) return undefined
  const id = parts.newId("bak")
  return { id, ...(await parts.snapshots.write({ projectId: row.projectId, id }, archive)) }
}

function recordFiles(ctx: Ctx, { projectId, from }: MoveRow, commit: string): void {
  const details = { about: from, commit, kind: "copy" }
  record(ctx, { action: "project.commit", subject: projectId, details })
}

/** What a copy does not have since it is secret, a sentence each. */
async function missingIn(
  ctx: Ctx,
  { from, to, variables }: { from: IdOf<"project">; to: IdOf<"project">; variables: boolean },
): Promise<string[]> {
  const own = await ownNames(ctx, from)
  const { services, servers, ai } = await withSecrets(ctx.db, from)
  const copied = variables ? (await findAppOfProject(ctx.db, to))?.environment : undefined
  const app = { projectId: to, environment: "production" as const, variables: copied ?? {} }
  const unresolved = await missingFor(ctx, app)
  return [
    ...own.map((name) => `The secret ${name} was not copied. Add it to this project.`),
    ...unresolved.map((name) => `The variable ${name} refers to a secret that is not here.`),
    ...services.map((name) => `The service ${name} was not copied, since it has a secret.`),
    ...servers.map((name) => `The MCP server ${name} was not copied.`),
    ...(ai ? ["Models for the app are off. Turn them on if it needs them."] : []),
  ]
}
