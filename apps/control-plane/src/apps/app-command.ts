import { fault } from "@vibecaas/kernel/fault"
import { z } from "zod"
import type { Repository } from "../projects/index.ts"

const text = z.string().optional().catch(undefined)
const manifest = z.object({
  scripts: z.object({ start: text, dev: text, build: text }).catch({}).default({}),
})
/** How a first file of each usual name is started; the first that is there is taken. */
const entries: Readonly<Record<string, string[]>> = {
  "server.js": ["node", "server.js"],
  "index.js": ["node", "index.js"],
  "server.ts": ["node", "server.ts"],
  "index.ts": ["node", "index.ts"],
  "main.py": ["python3", "main.py"],
  "app.py": ["python3", "app.py"],
  "server.py": ["python3", "server.py"],
  "go.mod": ["./bin/app"],
  "Cargo.toml": ["./bin/app"],
}
const manifestBytesMax = 100_000

/** Scripts of a commit's package.json that say how its app is run. */
export type Scripts = z.infer<typeof manifest>["scripts"]

export async function scriptsOf(repository: Repository, commit: string): Promise<Scripts> {
  const file = await repository.read(commit, "package.json", manifestBytesMax)
  try {
    return manifest.parse(JSON.parse(file?.content.toString("utf8") ?? "{}")).scripts
  } catch {
    return {}
  }
}

/**
 * How a commit's app is started: by the script `start` of its package.json, else by its first file
 * with a usual name.
 *
 * @throws Fault `nothing_to_start`
 */
export async function appCommand(repository: Repository, commit: string): Promise<string[]> {
  const { start } = await scriptsOf(repository, commit)
  if (start) return plainCommand(start) ?? ["node", "--run", "start"]
  const files = new Set((await repository.list(commit)).map(({ path }) => path))
  const [, argv] = Object.entries(entries).find(([name]) => files.has(name)) ?? []
  if (argv) return argv
  throw fault("nothing_to_start", {
    say: `There is nothing to start: add a script "start" to package.json, or one of ${Object.keys(entries).join(", ")}.`,
  })
}

/** A script that only starts one file needs no shell and no second process around it. */
function plainCommand(script: string): string[] | undefined {
  const words = script.trim().split(/ +/)
  const plain = words.length === 2 && words[0] === "node" && /^[\w./-]+$/.test(words[1] ?? "")
  return plain && !words[1]?.startsWith("-") ? words : undefined
}
