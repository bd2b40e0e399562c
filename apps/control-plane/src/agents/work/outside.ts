import { z } from "zod"
import type { Parts } from "../../core/ctx.ts"
import type { McpAnswer, McpTools, OfferedTool, ProjectTool } from "../../mcp/index.ts"
import { addBegun, timesBegun } from "../queries/begun-calls.ts"
import type { RunRow } from "../run.ts"
import type { StepRow } from "../step.ts"
import type { TaskRow } from "../task.ts"
import { asAgent } from "./as-agent.ts"
import { fenced, stopIfCancelled } from "./task-writes.ts"

/** What names of such tools begin with, and no others'. */
export const outsidePrefix = "mcp_"

/** Tools of MCP servers that people connected to the project: what they do cannot be taken back here. */
export interface Outside {
  /** as they were when this turn began */
  offered: readonly OfferedTool[]
  /** names by which the journal's answers call, of tools that are not offered any more */
  former: readonly string[]
  /** the tool as it stands now; nothing once somebody turned it off */
  find(name: string): Promise<ProjectTool | undefined>
  /** how often a call was begun that is not in the journal: each time its process may have died */
  timesBegun(call: string): Promise<number>
  /** writes that a call is about to be made, while the turn has its task */
  begin(call: string): Promise<void>
  call(tool: ProjectTool, args: unknown): Promise<McpAnswer>
}

interface OutsideParts extends Pick<Parts, "scope"> {
  mcp: McpTools
  run: RunRow
  task: TaskRow
  /** of the turn that has the task */
  fence: number
  steps: readonly Pick<StepRow, "kind" | "name" | "output">[]
  signal: AbortSignal
}

export async function makeOutside(parts: OutsideParts): Promise<Outside> {
  const { scope, mcp, run, task, steps, signal } = parts
  const reading = { ...asAgent(run, task), readOnly: true }
  const offered = await scope(reading, (ctx) => mcp.offered(ctx, run.projectId))
  const isOffered = (name: string) => offered.some((tool) => tool.calledAs === name)
  return {
    offered,
    former: calledBefore(steps).filter((name) => !isOffered(name)),
    find: (name) => scope(reading, (ctx) => mcp.find(ctx, run.projectId, name)),
    timesBegun: (call) => scope(reading, (ctx) => timesBegun(ctx.db, task, call)),
    begin: (call) =>
      fenced(parts, {}, async (ctx, now) => {
        stopIfCancelled(now)
        await addBegun(ctx.db, task, { call, at: ctx.clock.now() })
      }),
    call: (tool, args) => mcp.call(tool, args, signal),
  }
}

/** Names of tools outside that models called, also where the call itself is not in the journal yet. */
function calledBefore(steps: OutsideParts["steps"]): string[] {
  const names = steps.flatMap(({ kind, name, output }) => {
    if (kind === "tool") return [name]
    const { content = [] } = recorded.safeParse(kind === "model" ? output : undefined).data ?? {}
    return content.flatMap(({ toolName }) => toolName ?? [])
  })
  return [...new Set(names)].filter((name) => name.startsWith(outsidePrefix))
}

const recorded = z.object({ content: z.array(z.object({ toolName: z.string().optional() })) })
