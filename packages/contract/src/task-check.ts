import { z } from "zod"

/** What has to hold before a task counts as done. */
export const taskCheck = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("command"), argv: z.array(z.string().max(500)).min(1).max(20) }),
  z.object({
    kind: z.literal("page"),
    path: z.string().max(500),
    contains: z.string().max(200).optional(),
  }),
  z.object({ kind: z.literal("files"), paths: z.array(z.string().max(255)).min(1).max(50) }),
])
export type TaskCheck = z.infer<typeof taskCheck>
