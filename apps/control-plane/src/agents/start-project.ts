import type { IdOf } from "@vibecaas/contract/kinds"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { fault } from "@vibecaas/kernel/fault"
import type { Ctx } from "../core/ctx.ts"
import { createProject, type ProjectRow, settleProject } from "../projects/index.ts"
import type { ComparisonRow } from "./comparisons/comparison.ts"
import {
  beginComparison,
  type CompareParts,
  type ComparisonRequest,
} from "./comparisons/start-comparison.ts"
import type { RunRow } from "./run.ts"
import { beginRun } from "./start-run.ts"
import { wholeWords } from "./whole-words.ts"

export interface ProjectRequest {
  name: string | undefined
  prompt: string | undefined
  attachments?: readonly IdOf<"attachment">[] | undefined
  preview: Project["preview"]
  /** the candidates that work on the prompt, each apart; one run when absent */
  compare?: ComparisonRequest["candidates"] | undefined
}

/**
 * Creates a project and, when it comes with a prompt, the run or the comparison that builds it, both
 * or neither.
 *
 * @throws Fault `quota_exceeded`, `invalid` when a file that comes with it, or a model, is not there
 */
export async function startProject(
  ctx: Ctx,
  parts: CompareParts,
  request: ProjectRequest,
): Promise<{ project: ProjectRow; run?: RunRow; comparison?: ComparisonRow }> {
  const { prompt, preview, attachments, compare } = request
  const name = request.name ?? firstWords(prompt ?? "")
  const nameGiven = request.name !== undefined
  if (prompt === undefined && attachments && attachments.length > 0) {
    throw fault("invalid", { say: "Files are given with a prompt: say what to do with them." })
  }
  const created = await createProject(ctx, { name, nameGiven, preview })
  if (prompt === undefined) return { project: created }
  const asked = { projectId: created.id, goal: prompt, attachments }
  const compared = compare && { ...asked, candidates: compare, base: null }
  const begun = compared
    ? { comparison: await beginComparison(ctx, parts, compared) }
    : { run: await beginRun(ctx, parts, asked) }
  const project = await settleProject(ctx, created.id)
  return { project: project ?? created, ...begun }
}

const namedMax = 40

/**
 * A name for an app that is not planned yet: the first words of what was asked, without "make me
 * a". The plan may carry a better one.
 */
export function firstWords(prompt: string): string {
  const visible = prompt
    .slice(0, 500)
    .replaceAll(/[\p{C}\s]+/gu, " ")
    .trim()
  const asked =
    /^(please )?((can|could) you )?(i (want|need|would like)|(build|make|create|write|give)( me)?)\s+/i
  const phrase = visible
    .replace(asked, "")
    .replace(/^(an?|the|my|some)\s+/i, "")
    .split(/[:.,;!?(]| with | where | that | which | to | for me\b/i)[0]
    ?.trim()
  const short = wholeWords(phrase ?? "", namedMax)
  return short.length < 2 ? "New project" : short.charAt(0).toUpperCase() + short.slice(1)
}
