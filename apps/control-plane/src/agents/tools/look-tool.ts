import { fault, isFault } from "@vibecaas/kernel/fault"
import { tool } from "ai"
import { z } from "zod"
import type { MachineSession } from "../../apps/index.ts"
import type { Sight } from "../browser/eyes.ts"
import { brief } from "../whole-words.ts"
import { clip } from "../work/storable.ts"
import { pagePath } from "./app-tools.ts"
import { type ToolDesk, toolCall, untrusted } from "./tool-call.ts"

const treeCharsMax = 8000

const step = z.object({
  do: z.enum(["click", "type", "press", "wait"]),
  role: z.string().max(40).optional().describe("such as button or link"),
  name: z.string().max(200).optional().describe("its accessible name"),
  text: z.string().max(200).optional().describe("text on the page, in place of role and name"),
  value: z.string().max(5000).optional().describe("what is typed"),
  key: z.string().max(40).optional().describe("what is pressed, such as Enter"),
})
const look = z.object({
  path: z.string().max(2000).describe("a path of the app, such as /books"),
  width: z.number().int().min(320).max(1920).optional().describe("in px; 1440 when absent"),
  scheme: z.enum(["light", "dark"]).optional().describe("light when absent"),
  steps: z
    .array(step)
    .max(10)
    .optional()
    .describe("what to do on the page first; what a click leads to is waited for"),
})
type Look = z.infer<typeof look>

/** Lets an agent see a page of the draft's app, and use it as people do. */
export function lookAtPage(desk: ToolDesk) {
  const { machine, cookies, eyes } = desk.bench
  const looked = toolCall(desk, "look_at_page", async (input: Look) => {
    const { width = 1440, scheme = "light", steps = [] } = input
    const at = { path: pagePath(input.path), width, scheme, steps }
    const sight = await machine.use(async (session) => {
      await mustRun(desk, session)
      return eyes.look(session, { ...at, cookies: Object.fromEntries(cookies), withTree: true })
    })
    const tree = clip(sight.tree, treeCharsMax)
    const output = { ...sight, tree: tree.text, ...untrusted }
    const wrong = sight.notLoaded ?? sight.stepFailed
    const title = `looked at ${at.path}, ${width} px wide${scheme === "dark" ? ", dark" : ""}`
    return {
      ...{ output, truncated: tree.truncated, ok: wrong === undefined },
      title: wrong === undefined ? title : `${title}: ${brief(wrong, 160)}`,
    }
  })
  return tool({
    description:
      "Opens a page of the running app in a real browser and shows it: a picture when you can see, what it says in its console, requests that failed, and its accessibility tree. Each look begins anew, with the cookies from before.",
    inputSchema: look,
    // A recorded look leaves its cookies too, as it did when it was made.
    execute: async (input: Look, options) => {
      const output = await looked(input, options)
      for (const [name, value] of Object.entries(sightIn(output)?.cookies ?? {})) {
        cookies.set(name, value)
      }
      return output
    },
    toModelOutput: async ({ output }) => {
      const sight = sightIn(output)
      const text = wordsOf(output)
      const picture = sight?.picture ? await eyes.picture(sight.picture.name) : undefined
      if (!picture) return { type: "text", value: text }
      const data = { type: "data" as const, data: picture.toString("base64") }
      const file = { type: "file" as const, data, mediaType: "image/jpeg" }
      return { type: "content", value: [{ type: "text", text }, file] }
    },
  })
}

// What the tool itself recorded, or a model never gets to see.
const sightIn = (output: unknown) =>
  typeof output === "object" && output !== null && "picture" in output
    ? (output as Sight)
    : undefined

/** All that was seen, in words: the tree as lines behind the rest. */
function wordsOf(output: unknown): string {
  const { tree, picture: _, cookies: __, ...rest } = sightIn(output) ?? { tree: "" }
  return `${JSON.stringify(rest)}\n\nAccessibility tree:\n${tree}`
}

/** An app that a recorded call started may have gone with the crash that this turn resumes after. */
async function mustRun({ bench, journal }: ToolDesk, session: MachineSession): Promise<void> {
  try {
    const stream = await session.connect()
    stream.destroy()
  } catch (error) {
    if (!isFault(error)) throw error
    const started = journal.newest(({ name, ok }) => name === "start_app" && ok)
    const head = bench.resumed && started ? await bench.files.head() : null
    if (!head) {
      throw fault("page_failed", {
        say: "The app does not run. Call start_app first.",
        cause: error,
      })
    }
    await session.startApp(head)
  }
}
