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
  const script = text && startScript(text.content.toString("utf8"))
  if (script) return plainCommand(script) ?? ["node", "--run", "start"]
  for (const entry of entries) {
    if (await repository.read(commit, entry, 1)) return ["node", entry]
  }
  throw fault("nothing_to_start", {
    say: `There is nothing to start: add a script "start" to package.json, or one of ${entries.join(", ")}.`,
  })
}

function startScript(text: string): string | undefined {
  try {
    return manifest.safeParse(JSON.parse(text)).data?.scripts.start
  } catch {
    return undefined
  }
}

/** A script that only starts one file needs no shell and no second process around it. */
function plainCommand(script: string): string[] | undefined {
  const words = script.trim().split(/ +/)
  const plain = words.length === 2 && words[0] === "node" && /^[\w./-]+$/.test(words[1] ?? "")
  return plain && !words[1]?.startsWith("-") ? words : undefined
}
