/** What a record keeper keeps, read from its `app.json` and changed by one commit of it. */
import type { ProjectDataModel } from "@vibecaas/contract/app-data-model"
import { type DataModel, readDataModel, writeDataModel } from "@vibecaas/contract/data-model"
import { type Change, settleChange } from "@vibecaas/contract/data-model-change"
import { type Problem, problemsOf } from "@vibecaas/contract/data-model-rules"
import type { IdOf } from "@vibecaas/contract/kinds"
import { fault } from "@vibecaas/kernel/fault"
import type { Ctx } from "../core/ctx.ts"
import { versionMismatch } from "../core/version-mismatch.ts"
import { needLivingProject, type Repositories } from "../projects/index.ts"
import { commitAndStart } from "./commit-and-start.ts"
import { countRecords } from "./count-records.ts"
import type { AppsParts } from "./parts.ts"
import { startApp } from "./start-app.ts"

const path = "app.json"
const bytesMax = 262_144

/**
 * The data model at a commit, the newest by default, with how many records there are.
 *
 * @throws Fault `not_found` when the app has none there, or nobody can read it
 */
export async function showDataModel(
  ctx: Ctx,
  parts: AppsParts,
  of: { projectId: IdOf<"project">; commit: string | undefined },
): Promise<ProjectDataModel> {
  const read = await readModel(parts.repositories, of)
  return { ...read, records: await countRecords(ctx, parts, of.projectId) }
}

/**
 * Writes another data model in one commit, and runs it as a person runs a version: what cannot run
 * is taken back.
 *
 * @param change `ifMatch`: the commit that it is based on; the newest when absent
 * @throws Fault `not_found`, `version_mismatch`, `invalid` with what is wrong at its place below
 * `/model`, `too_large` when it could not be read back, and those of commits and of starts
 */
export async function changeDataModel(
  ctx: Ctx,
  parts: AppsParts,
  change: { projectId: IdOf<"project">; model: DataModel; ifMatch: string | undefined },
): Promise<ProjectDataModel> {
  const { projectId, ifMatch } = change
  await needLivingProject(ctx, projectId)
  const before = await readModel(parts.repositories, { projectId, commit: undefined })
  if (ifMatch !== undefined && ifMatch !== before.commit) throw versionMismatch("this data model")
  const { model, changes } = settled(before.model, change.model)
  const content = writeDataModel(model)
  const run = { projectId, trust: "untrusted" } as const
  if (content === writeDataModel(before.model)) {
    await startApp(ctx, { ...run, commit: before.commit })
    return { commit: before.commit, model, records: null }
  }
  mustFit(content)
  const commit = await commitAndStart(ctx, parts, {
    ...{ ...run, parent: before.commit },
    ...{ changes: [{ path, content }], message: messageOf(changes) },
  })
  return { commit, model, records: null }
}

/** @throws Fault `too_large` */
function mustFit(content: string): void {
  const bytes = Buffer.byteLength(content)
  if (bytes <= bytesMax) return
  throw fault("too_large", {
    say: `A data model may have ${bytesMax / 1024} KiB; this one has ${Math.ceil(bytes / 1024)} KiB. Remove fields or choices, or shorten what is long.`,
  })
}

function settled(before: DataModel, after: DataModel) {
  const own = problemsOf(after)
  if (own.length > 0) throw invalid(own)
  const { model, changes, problems } = settleChange(before, after)
  if (problems.length > 0) throw invalid(problems)
  return { model, changes }
}

function invalid(problems: readonly Problem[]) {
  const fields = Object.fromEntries(
    problems.map(({ path: at, message }) => [`/model/${at.join("/")}`, message]),
  )
  const [only] = problems
  const say =
    problems.length === 1 && only ? only.message : "Some parts of the model need another look."
  return fault("invalid", { say, fields })
}

/** What changes in a line, and all of it below. */
function messageOf(changes: readonly Change[]): string {
  const all = changes.map(({ says }) => says)
  const [first = "Changes the data model", ...rest] = all
  const title = rest.length === 0 ? first : `${first}, and ${rest.length} more`
  return [title, ...(rest.length > 0 ? ["", ...all.map((line) => `- ${line}`)] : [])]
    .join("\n")
    .slice(0, 2000)
}

async function readModel(
  repositories: Repositories,
  of: { projectId: IdOf<"project">; commit: string | undefined },
): Promise<{ commit: string; model: DataModel }> {
  const repository = repositories.of(of.projectId)
  const commit = of.commit ?? (await repository.head())
  const file = commit === null ? null : await repository.read(commit, path, bytesMax)
  if (commit === null || !file) {
    throw fault("not_found", {
      say: "This app has no data model: none of its files is the app.json of a record keeper.",
    })
  }
  const model = file.truncated ? undefined : readDataModel(file.content.toString("utf8"))
  if (model) return { commit, model }
  throw fault("not_found", {
    say: "This app has no data model that can be read: its app.json is not one of a record keeper.",
  })
}
