import { fault } from "@vibecaas/kernel/fault"
import { z } from "zod"
import type { Repository } from "../projects/index.ts"

const manifest = z.object({ scripts: z.object({ start: z.string() }) })
const entries = ["server.js", "index.js", "server.ts", "index.ts"]

/**
 * How a commit's app is started: by the script `start` of its package.json, else by its first file
 * with a usual name.
 *
 * @throws Fault `nothing_to_start`
 */
export async function appCommand(repository: Repository, commit: string): Promise<string[]> {
  const text = await repository.read(commit, "package.json", 100_000)
  if (text && hasStartScript(text.content.toString("utf8"))) return ["node", "--run", "start"]
  for (const entry of entries) {
    if (await repository.read(commit, entry, 1)) return ["node", entry]
  }
  throw fault("nothing_to_start", {
    say: `There is nothing to start: add a script "start" to package.json, or one of ${entries.join(", ")}.`,
  })
}

function hasStartScript(text: string): boolean {
  try {
    return manifest.safeParse(JSON.parse(text)).success
  } catch {
    return false
  }
}
