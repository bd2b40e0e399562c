import { tool } from "ai"
import { z } from "zod"
import { missing, path } from "./reading-tools.ts"
import { type ToolDesk, toolCall } from "./tool-call.ts"
import { told } from "./writing-tools.ts"

const copy = z.object({
  path: path.describe("one of <attachments>"),
  to: path.describe("a new path in the project, such as public/logo.png"),
})

/** Puts a file that somebody gave into the app, byte for byte: as an asset, or as data to begin with. */
export function copyAttachment(desk: ToolDesk) {
  const { files, attached } = desk.bench
  return tool({
    description: "Copies a file that somebody gave into the project, byte for byte.",
    inputSchema: copy,
    execute: toolCall(desk, "copy_attachment", async (input: z.infer<typeof copy>, mark) => {
      const title = `copied ${input.path} to ${input.to}`
      const content = await attached.read(input.path)
      if (!content) throw missing(input.path)
      return told(title, await files.change(mark(title), async () => [{ path: input.to, content }]))
    }),
  })
}
