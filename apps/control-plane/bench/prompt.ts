import { setTimeout as sleep } from "node:timers/promises"
import type { Call } from "@vibecaas/contract/client"
import type { Run, Task } from "@vibecaas/contract/kinds/agents"
import { median, printTable, printTarget, seconds } from "./figures.ts"
import { type BenchPlatform, startBenchPlatform } from "./platform.ts"
import { processorMs } from "./processor-time.ts"
import { confirmFirst, previewCookie, signIn, untilRunEnded, visit } from "./visitor.ts"

const rounds = 5
const prompt = "A reading list: books with title, author, pages and a finished flag"

/** From a prompt, whose proposal is confirmed as it is, to the first answer of its app's preview, by phase. */
export async function benchPrompt(): Promise<void> {
  const platform = await startBenchPlatform()
  try {
    const call = await signIn(platform)
    const processes = await platform.processes()
    const all: Phases[] = []
    const costs: number[] = []
    for (let round = 0; round < rounds; round++) {
      const before = await processorMs(processes)
      all.push(await buildOne(platform, call))
      costs.push((await processorMs(processes)) - before)
    }
    print(all)
    process.stdout.write(`  processor time of one, median: ${seconds(median(costs))}\n`)
  } finally {
    await platform.stop()
  }
}

/** When each thing had happened, in `ms` since the prompt was sent. */
type Phases = Record<string, number>

async function buildOne(platform: BenchPlatform, call: Call): Promise<Phases> {
  const sentAt = Date.now()
  const project = await call("POST /projects", { body: { prompt, preview: "private" } })
  const proposedMs = Date.now() - sentAt
  const runId = await confirmFirst(call, project)
  const confirmedMs = Date.now() - sentAt
  const cookie = await previewCookie(platform, call, project)
  const answeredMs = (await firstAnswer(platform, { url: project.previewUrl, cookie })) - sentAt
  const run = await untilRunEnded(call, runId)
  const apps = await call("GET /projects/{projectId}/apps", {
    params: { projectId: project.id },
  })
  const live = apps.items.find(({ purpose }) => purpose === "live")
  await call("DELETE /projects/{projectId}", {
    params: { projectId: project.id },
    body: { name: project.name },
  })
  const since = (instant: string | null) => (instant ? Date.parse(instant) - sentAt : Number.NaN)
  return {
    "project created, with its proposal": proposedMs,
    "proposal confirmed as it is": confirmedMs,
    "written and planned": since(finishOf(run, "planning")),
    "tests passed": since(finishOf(run, "testing")),
    "live app started": since(live?.startedAt ?? null),
    "first answer of the preview": answeredMs,
    "run proved and ended": since(run.finishedAt),
  }
}

const finishOf = (run: Run, role: Task["role"]) =>
  run.tasks.find((task) => task.role === role)?.finishedAt ?? null

/** Looks as a browser that reloads does, until a page comes that is the app's own. */
async function firstAnswer(
  platform: BenchPlatform,
  preview: { url: string; cookie: string },
): Promise<number> {
  for (const since = Date.now(); Date.now() - since < 120_000; ) {
    const page = await visit(platform, preview.url, { cookie: preview.cookie })
    if (page.status === 200) return Date.now()
    await sleep(50)
  }
  throw new Error("the preview did not answer")
}

function print(all: readonly Phases[]): void {
  const names = Object.keys(all[0] ?? {})
  const of = (name: string) => all.map((phases) => phases[name] ?? Number.NaN)
  printTable(`since the prompt was sent, ${rounds} projects one after another`, [
    ["", "min", "median", "max"],
    ...names.map((name) => [
      name,
      seconds(Math.min(...of(name))),
      seconds(median(of(name))),
      seconds(Math.max(...of(name))),
    ]),
  ])
  const first = median(of("first answer of the preview"))
  printTarget(`first answer ${seconds(first)}, target at most 8 s`, first <= 8000)
}
