import { tool } from "ai"
import { z } from "zod"
import { brief } from "../whole-words.ts"
import { type ToolDesk, toolCall } from "./tool-call.ts"

/** Lets an agent leave a sentence for the agents after it, and for whoever reads the timeline. */
export function addNote(desk: ToolDesk) {
  return tool({
    description:
      "Leaves a note for the agents that work after you: what was decided, and which earlier tests were changed and why.",
    inputSchema: z.object({ text: z.string().trim().min(1).max(1000) }),
    execute: toolCall(desk, "add_note", async ({ text }: { text: string }) => ({
      title: `noted: ${brief(text, 200)}`,
      output: { note: text },
    })),
  })
}
