import type { Project } from "@vibecaas/contract/kinds/projects"
import type { Ctx } from "../core/ctx.ts"
import { createProject, needProject, type ProjectRow } from "../projects/index.ts"
import { titleForGoal } from "./offline/index.ts"
import type { RunRow } from "./run.ts"
import { type StartParts, startRun } from "./start-run.ts"
import { wholeWords } from "./whole-words.ts"

export interface ProjectRequest {
  name: string | undefined
  prompt: string | undefined
  preview: Project["preview"]
}

/**
 * Creates a project and, when it comes with a prompt, the run that builds it, both or neither.
 *
 * @throws Fault `quota_exceeded`
 */
export async function startProject(
  ctx: Ctx,
  parts: StartParts,
  request: ProjectRequest,
): Promise<{ project: ProjectRow; run: RunRow | undefined }> {
  const { prompt, preview } = request
  const name = request.name ?? nameFrom(prompt ?? "")
  const created = await createProject(ctx, { name, preview })
  if (prompt === undefined) return { project: created, run: undefined }
  const run = await startRun(ctx, parts, { projectId: created.id, goal: prompt })
  return { project: await needProject(ctx, created.id), run }
}

const namedMax = 40

/**
 * A name for an app nobody named: what its text calls it, the records it keeps, or else the first
 * words of what was asked, without "make me a".
 */
export function nameFrom(prompt: string): string {
  const visible = prompt.replaceAll(/[\p{C}\s]+/gu, " ").trim()
  const asked =
    /^(please )?((can|could) you )?(i (want|need|would like)|(build|make|create|write|give)( me)?)\s+/i
  const phrase = visible
    .replace(asked, "")
    .replace(/^(an?|the|my|some)\s+/i, "")
    .split(/[:.,;!?\n(]| with | where | that | which | to | for me\b/i)[0]
    ?.trim()
  const short = wholeWords(titleForGoal(prompt) ?? phrase ?? "", namedMax)
  return short.length < 2 ? "New project" : short.charAt(0).toUpperCase() + short.slice(1)
}
