import type { Guest } from "@vibecaas/microvm/guest-client"
import type { Registry } from "@vibecaas/registry/registry"
import { failed } from "./npm-plan.ts"

/** Where a task's machine installs: on its disk, since memory is for the programs. */
export const installFolder = "/data/app"

const minutes = 60_000
const timeoutMs = 10 * minutes
const allowance = { requests: 20_000, bytes: 1024 * 1024 * 1024 }
const outputBytesMax = 512 * 1024

export interface NpmRun {
  registry: Registry
  signal: AbortSignal
  /** hears what npm prints */
  print(text: string): void
}

/** Runs npm in a task's machine; only while it runs is there a way to the registry, and only to that. */
export async function runNpm(
  guest: Guest,
  args: readonly string[],
  { registry, signal, print }: NpmRun,
): Promise<void> {
  const visit = registry.visit("npm", allowance)
  const door = await guest.openDoor((connection) => visit.connect(connection))
  try {
    const result = await guest.exec(
      ["npm", ...args.slice(0, 1), ...flags(door.port), ...args.slice(1)],
      {
        cwd: installFolder,
        ...{ timeoutMs, signal, maxOutputBytes: outputBytesMax },
        onOutput: (_stream, chunk) => print(chunk.toString("utf8")),
      },
    )
    if (result.exitCode === 0) return
    if (result.timedOut) throw failed(`npm was stopped after ${timeoutMs / minutes} minutes.`)
    throw failed(whatWentWrong(result.stderr.toString("utf8"), visit.refused))
  } finally {
    door.close()
    visit.close()
  }
}

/** `node_modules` and the cache are the machine's; nothing of packages runs. */
const flags = (port: number) => [
  `--registry=http://127.0.0.1:${port}/`,
  "--replace-registry-host=always",
  "--ignore-scripts",
  "--include=dev",
  "--no-audit",
  "--no-fund",
  "--no-update-notifier",
  "--no-progress",
  "--color=false",
  "--cache=../cache",
  "--maxsockets=16",
  "--fetch-retries=1",
  "--fetch-retry-mintimeout=500",
  "--fetch-timeout=60000",
  "--loglevel=http",
]

/** npm's own words without its prefixes, and what our registry refused, which says more. */
function whatWentWrong(stderr: string, refused: readonly string[]): string {
  const lines = stderr
    .split("\n")
    .filter((line) => /^npm (error|ERR!)/.test(line))
    .map((line) => line.replace(/^npm (error|ERR!) ?/, "").trim())
    .filter(
      (line) => line !== "" && !/complete log of this run|^code |^A complete|\.log$/.test(line),
    )
  const words = [...new Set(refused), ...lines].join("\n").slice(0, 1500)
  return words === "" ? "npm could not install the packages." : words
}
