import type { IdOf } from "@vibecaas/contract/kinds"
import type { Ctx } from "../../core/ctx.ts"
import { wakeMachine } from "../../machines/index.ts"
import { lockLivingProject, needLivingProject, recordPush } from "../../projects/index.ts"
import type { AppsParts } from "../parts.ts"
import { findOfProject } from "../queries.ts"
import { startApp } from "../start-app.ts"

export interface Pushed {
  projectId: IdOf<"project">
  headers: Readonly<Record<string, string | string[] | undefined>>
  body: Uint8Array
  /** whether who pushes may change what visitors see, too */
  mayStart: boolean
  signal: AbortSignal
}

/**
 * Takes commits that git pushes: looked at first, then recorded as one version, which takes the live app's
 * place in the way of all versions.
 *
 * @returns what git is answered; why nothing was taken stands in it
 * @throws Fault `malformed`, `unavailable`, `wrong_state`, `conflict`, `quota_exceeded`
 */
export async function pushCommits(ctx: Ctx, parts: AppsParts, pushed: Pushed): Promise<Buffer> {
  const { projectId, headers, body, signal } = pushed
  await needLivingProject(ctx, projectId)
  const contentType = "application/x-git-receive-pack-request"
  const asked = { contentType, headers, body, signal }
  const received = await parts.repositories.receive(projectId, asked)
  if (received.taken === null) return received.answer
  const project = await lockLivingProject(ctx, projectId)
  const { to } = received.taken
  const starts = pushed.mayStart && (await findOfProject(ctx.db, projectId)) !== undefined
  if (starts) await wakeMachine(ctx, { projectId, trust: "untrusted" })
  await recordPush(ctx, parts.repositories, { project, ...received.taken })
  if (starts) await startApp(ctx, { projectId, commit: to, trust: "untrusted" })
  return received.answer(wordsOf(to, { starts, url: parts.previewUrl(project.slug) }))
}

function wordsOf(commit: string, { starts, url }: { starts: boolean; url: string }): string[] {
  const version = `Version ${commit.slice(0, 7)}`
  if (!starts) return [`${version} is in the history. Nothing was started by it.`]
  return [
    `${version} goes live at ${url}`,
    "If it does not run well, what ran before comes back. Data are not touched.",
  ]
}
