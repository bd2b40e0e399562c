import type { IdOf } from "@vibecaas/contract/kinds"
import type { StarterSummary } from "@vibecaas/contract/kinds/starters"
import { fault } from "@vibecaas/kernel/fault"
import type { AppFile, Starter } from "@vibecaas/starters/starter"
import type { Ctx } from "../core/ctx.ts"
import { emit } from "../core/emit.ts"
import { record } from "../core/record.ts"
import { needLivingProject, type Repositories } from "../projects/index.ts"
import { release, reserve } from "../quotas/index.ts"
import { mustFit, packFiles, unpackFiles } from "./pack-files.ts"
import {
  deleteOwnStarter,
  findOwnStarter,
  insertOwnStarter,
  type ListedStarter,
  listOwnStarters,
} from "./queries.ts"
import { stackOf } from "./stack-of.ts"

export interface NewStarter {
  projectId: IdOf<"project">
  name: string
  summary: string
  category: StarterSummary["category"]
}

/** Its id tells an organization's own starter from those of the platform. */
export const isOwn = (id: string): id is IdOf<"starter"> => id.startsWith("str_")

/** The organization's own, newest first, without their files. */
export async function listOwn(ctx: Ctx): Promise<Starter[]> {
  return (await listOwnStarters(ctx.db)).map((row) => shown(row, []))
}

/** One with its files. @throws Fault `not_found` */
export async function needOwn(ctx: Ctx, id: IdOf<"starter">): Promise<Starter> {
  const row = await findOwnStarter(ctx.db, id)
  if (!row) throw missing()
  return shown(row, await unpackFiles(row.files))
}

/**
 * Makes a starter of a project's newest commit: its files as they are, without parameters.
 *
 * @throws Fault `not_found`, `wrong_state`, `conflict` when there are no files, `too_large`,
 * `quota_exceeded`
 */
export async function makeOwn(
  ctx: Ctx,
  { repositories }: { repositories: Repositories },
  { projectId, ...wanted }: NewStarter,
): Promise<Starter> {
  const project = await needLivingProject(ctx, projectId)
  const repository = repositories.of(projectId)
  const commit = await repository.head()
  if (commit === null)
    throw fault("conflict", { say: "The project has no files yet, so nothing can begin with it." })
  const entries = await repository.list(commit)
  mustFit(entries)
  const contents = await repository.readAll(entries)
  const files = entries.map(({ path }, at) => ({ path, content: contents[at] ?? Buffer.alloc(0) }))
  const id = ctx.newId("str")
  await reserve(ctx, "starters", { subject: id, amount: 1 })
  const row = {
    ...{ id, organizationId: ctx.organizationId, projectId, ...wanted, commit },
    ...{ stack: stackOf(files), projectName: project.name },
    ...{ filesCount: files.length, createdBy: ctx.actor.name, createdAt: ctx.clock.now() },
  }
  await insertOwnStarter(ctx.db, { ...row, files: await packFiles(files) })
  const details = { about: wanted.name, projectId, commit }
  record(ctx, { action: "starter.create", subject: id, details })
  tell(ctx, id)
  return shown(row, files)
}

/** @throws Fault `not_found`, also for one of the platform, which nobody deletes here */
export async function removeOwn(ctx: Ctx, id: string): Promise<void> {
  if (!isOwn(id)) throw missing()
  const name = await deleteOwnStarter(ctx.db, { id, organizationId: ctx.organizationId })
  if (name === undefined) throw missing()
  await release(ctx, ["starters"], id)
  record(ctx, { action: "starter.delete", subject: id, details: { about: name } })
  tell(ctx, id)
}

const tell = (ctx: Ctx, id: IdOf<"starter">) =>
  emit(ctx, { kind: "starter.changed", about: {}, id, data: { id } })

const missing = () => fault("not_found", { say: "There is no such starter." })

function shown(row: ListedStarter, files: AppFile[]): Starter {
  const { id, name, summary, category, stack, projectName } = row
  return {
    ...{ id, category, stack, files, tags: [], includes: [], parameters: [] },
    ...{ name: inAll(name), summary: inAll(summary) },
    description: `Made of the project “${projectName}” by ${row.createdBy}, with ${row.filesCount} files.`,
    words: { en: [], de: [], fr: [], es: [] },
    pictures: { light: undefined, dark: undefined },
  }
}

/** People of an organization name their own in one language. */
const inAll = (text: string) => ({ en: text, de: text, fr: text, es: text })
