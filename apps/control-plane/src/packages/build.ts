import type { FileEntry } from "@vibecaas/contract/commits"
import type { Guest } from "@vibecaas/microvm/guest-client"
import type { Repository } from "../projects/index.ts"
import { failed, layerName, type Watched } from "./ecosystem.ts"
import type { InstallParts } from "./install.ts"
import type { Building } from "./needs.ts"
import { bringLayer } from "./use-layers.ts"

/** What a build makes is a layer of its own. */
export interface BuildPlan extends Building {
  layer: string
}

const folder = "/workspace"
const output = "/data/output"
const minutes = 60_000
const timeoutMs = 8 * minutes
const filesMax = 20_000
const printedBytesMax = 512 * 1024

/** @param owner who alone may have what the build makes; nobody when it is everybody's */
export const planBuild = (building: Building, owner: string | undefined): BuildPlan => ({
  ...building,
  layer: layerName("built", building.from, owner ?? ""),
})

/**
 * Runs what builds a commit in a machine of its own and keeps what it wrote: the machine of an
 * app is too small to build in, and has people waiting.
 *
 * @throws Fault `packages_failed` with the end of what the build printed
 */
export async function buildLayer(
  { tasks, store, repository }: InstallParts & { repository: Pick<Repository, "readAll"> },
  plan: BuildPlan,
  { signal, print }: Watched,
): Promise<void> {
  await tasks.use(signal, async (guest) => {
    await writeFiles(guest, repository, plan.files)
    for (const name of plan.packages) await bringLayer(guest, store, { name, folder })
    for (const argv of plan.commands) await runBuild(guest, argv, { signal, print, ...plan })
    await collect(guest, plan.files)
    await store.keep(plan.layer, guest.pack(output))
  })
}

async function runBuild(
  guest: Guest,
  argv: readonly string[],
  { signal, print, isPart }: Watched & Pick<BuildPlan, "isPart">,
): Promise<void> {
  const printed: string[] = []
  const result = await guest.exec([...argv], {
    cwd: folder,
    env: { NODE_ENV: "production", CI: "1" },
    ...{ timeoutMs, signal, maxOutputBytes: printedBytesMax },
    onOutput: (_stream, chunk) => {
      const text = chunk.toString("utf8")
      printed.push(text)
      print(text)
    },
  })
  if (result.timedOut) throw failed(`The build was stopped after ${timeoutMs / minutes} minutes.`)
  if (result.exitCode === 0) return
  const lacked = isPart ? ` It had no files that “buildWithout” of package.json names.` : ""
  const ended = `The build ended with ${result.exitCode ?? result.signal}.${lacked}`
  throw failed(`${ended}\n${endOf(printed)}`)
}

const endOf = (printed: string[]) => printed.join("").trim().split("\n").slice(-25).join("\n")

async function writeFiles(
  guest: Guest,
  repository: Pick<Repository, "readAll">,
  files: readonly FileEntry[],
): Promise<void> {
  for (let at = 0; at < files.length; at += 100) {
    const batch = files.slice(at, at + 100)
    const contents = await repository.readAll(batch)
    await guest.writeFiles(
      batch.map(({ path }, each) => ({
        path: `${folder}/${path}`,
        content: contents[each] ?? Buffer.of(),
      })),
    )
  }
}

/** Puts what the build wrote or changed below `files`, as a layer has it. */
async function collect(guest: Guest, files: readonly FileEntry[]): Promise<void> {
  const before = new Map(files.map(({ path, sha }) => [path, sha]))
  const there = await guest.scan(folder, { maxFiles: filesMax })
  const made = there.filter(({ path, sha1 }) => before.get(path) !== sha1)
  await guest.writeFiles([
    { path: "/data/made", content: Buffer.from(made.map(({ path }) => path).join("\0")) },
  ])
  const { exitCode, stderr } = await guest.exec(["sh", "-c", copyMade], { timeoutMs: 2 * minutes })
  if (exitCode !== 0)
    throw failed("What the build made could not be kept.", { note: String(stderr) })
}

const copyMade = `
mkdir -p "$DATA_DIR/output/files"
[ -s "$DATA_DIR/made" ] || exit 0
tar --null --verbatim-files-from -T "$DATA_DIR/made" -cf - | tar -C "$DATA_DIR/output/files" -xf -
`
