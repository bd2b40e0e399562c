import { setTimeout as sleep } from "node:timers/promises"
import type { Call } from "@vibecaas/contract/client"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { median, printTable, printTarget, seconds } from "./figures.ts"
import { type BenchPlatform, startBenchPlatform } from "./platform.ts"
import { previewCookie, signIn, untilRunEnded, visit } from "./visitor.ts"

const rounds = 3
const patienceMs = 300_000
const targetMs = 12_000

/** A starter of each stack, with a prompt that asks for it. */
const asked = [
  { id: "live-board", prompt: "A kanban board with votes" },
  { id: "react-vite", prompt: "A task manager in React with due dates" },
  { id: "fastapi-service", prompt: "A service in Python with FastAPI that keeps stock" },
  { id: "go-service", prompt: "A service in Go that knows who borrowed what" },
  { id: "next-app", prompt: "A team wiki in Next.js with search" },
]

/** From a starter that was chosen, and from a prompt that one fits, to the first answer of the preview. */
export async function benchStarters(): Promise<void> {
  const platform = await startBenchPlatform()
  try {
    const call = await signIn(platform)
    const rows: string[][] = []
    const warm: number[] = []
    for (const { id, prompt } of asked) {
      const chosen = { starter: { id } }
      const [cold] = await begin(platform, call, { name: `Cold ${id}`, ...chosen })
      const again = await several(() => begin(platform, call, { name: `Warm ${id}`, ...chosen }))
      const prompted = await several(() =>
        begin(platform, call, { prompt, ...chosen, confirm: "auto" }),
      )
      const proved = median(prompted.map(([, ended]) => ended ?? Number.NaN))
      warm.push(median(prompted.map(([first]) => first)))
      const firsts = [cold, median(again.map(([first]) => first)), warm.at(-1) ?? 0, proved]
      rows.push([id, ...firsts.map(seconds)])
    }
    const heading = `to the first answer of a preview; the median of ${rounds} where it is warm`
    printTable(heading, [["", "cold", "warm", "warm, by a prompt", "its run proved"], ...rows])
    for (const [at, took] of warm.entries())
      printTarget(`${asked[at]?.id} ${seconds(took)}, target at most 12 s`, took <= targetMs)
  } finally {
    await platform.stop()
  }
}

type Took = [firstMs: number, endedMs: number | undefined]

async function several(once: () => Promise<Took>): Promise<Took[]> {
  const all: Took[] = []
  for (let round = 0; round < rounds; round++) all.push(await once())
  return all
}

async function begin(
  platform: BenchPlatform,
  call: Call,
  body: { name?: string; prompt?: string; confirm?: "auto"; starter: { id: string } },
): Promise<Took> {
  const sentAt = Date.now()
  const project = await call("POST /projects", { body: { ...body, preview: "private" } })
  const cookie = await previewCookie(platform, call, project)
  await untilAnswered({ platform, call }, { project, cookie })
  const first = Date.now() - sentAt
  const run = project.run && (await untilRunEnded(call, project.run.id))
  const params = { projectId: project.id }
  // A plan names a project that nobody named.
  const { name } = await call("GET /projects/{projectId}", { params })
  await call("DELETE /projects/{projectId}", { params, body: { name } })
  return [first, run?.finishedAt ? Date.parse(run.finishedAt) - sentAt : undefined]
}

async function untilAnswered(
  { platform, call }: { platform: BenchPlatform; call: Call },
  { project, cookie }: { project: Project; cookie: string },
): Promise<void> {
  const params = { projectId: project.id }
  for (const since = Date.now(); Date.now() - since < patienceMs; ) {
    const page = await visit(platform, project.previewUrl, { cookie })
    if (page.status === 200) return
    const { state, stateDetail } = await call("GET /projects/{projectId}", { params })
    if (state === "crashed" || state === "failed") throw new Error(`it ${state}: ${stateDetail}`)
    await sleep(100)
  }
  throw new Error("the preview did not answer")
}
