import type { Ctx } from "../core/ctx.ts"
import { emit } from "../live/index.ts"
import type { ProjectRow } from "./project.ts"

/** Tells everybody who watches the project or its organization's list that it changed. */
export async function announce(ctx: Ctx, row: ProjectRow): Promise<void> {
  const { id, state, stateDetail } = row
  await emit(ctx, {
    topics: [topicOf(`organization:${ctx.organizationId}`), topicOf(`project:${id}`)],
    kind: "project.changed",
    id,
    data: { id, state, stateDetail },
  })
}

export async function announceDeleted(ctx: Ctx, id: string): Promise<void> {
  await emit(ctx, {
    topics: [topicOf(`organization:${ctx.organizationId}`), topicOf(`project:${id}`)],
    kind: "project.deleted",
    id,
    data: { id },
  })
}

// Both halves come from our own columns; the template type cannot see that.
const topicOf = (text: string) => text as Parameters<typeof emit>[1]["topics"][number]
