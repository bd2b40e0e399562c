import { join } from "node:path"
import { median, perSecond, printTable, quantile } from "./figures.ts"
import { type Listening, startNginx, startOutside } from "./outside-app.ts"
import { type BenchPlatform, startBenchPlatform } from "./platform.ts"
import { processorMs } from "./processor-time.ts"
import { assertAll, closedLoop, getRequest, type Load } from "./traffic.ts"
import { confirmFirst, previewCookie, signIn, untilRunEnded, visit } from "./visitor.ts"

const rounds = 7
const sliceMs = 2000
const prompt = "A reading list: books with title, author and pages"
/** a page that the app makes from its data, and a file that it only reads */
const paths = ["/books", "/public/icon.svg"]

/** A preview beside the same app on a port outside, and beside nginx in front of that. */
export async function benchPreview(): Promise<void> {
  const platform = await startBenchPlatform()
  const started: Listening[] = []
  try {
    const { preview, repository } = await buildApp(platform)
    const [ours = 0] = await platform.processes()
    const outside = await startOutside(repository)
    started.push(outside)
    const nginx = await startNginx(outside.port)
    if (nginx) started.unshift(nginx)
    else process.stdout.write("  nginx is not installed: not compared with\n")
    for (const path of paths) {
      const at = (port: number) => load(port, path, { host: `localhost:${port}` })
      const ways: Way[] = [
        { name: "app on a port outside", load: at(outside.port), processes: [outside.pid] },
        ...(nginx
          ? [
              {
                name: "nginx in front of that",
                load: at(nginx.port),
                processes: [nginx.pid, outside.pid],
              },
            ]
          : []),
        {
          name: "preview, app in its sandbox",
          load: load(platform.port, path, preview),
          // The machine is below it.
          processes: [ours],
        },
      ]
      await compare(path, ways)
    }
  } finally {
    for (const program of started) await program.stop()
    await platform.stop()
  }
}

interface Way {
  name: string
  load: Load
  processes: readonly number[]
}

async function buildApp(platform: BenchPlatform) {
  const call = await signIn(platform)
  const project = await call("POST /projects", { body: { prompt, preview: "private" } })
  await untilRunEnded(call, await confirmFirst(call, project))
  const cookie = await previewCookie(platform, call, project)
  for (let tries = 0; tries < 100; tries++) {
    const { status } = await visit(platform, project.previewUrl, { cookie })
    if (status === 200) break
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  const { host } = new URL(project.previewUrl)
  return {
    preview: { host, cookie },
    repository: join(platform.dataDir, "repositories", `${project.id}.git`),
  }
}

function load(port: number, path: string, headers: Record<string, string>): Load {
  const bytes = getRequest(path, headers)
  return { port, connections: 20, request: () => bytes }
}

interface Measured {
  perSecond: number[]
  /** of one call after the other on one connection, in `ms` */
  p50: number[]
  /** processor time of one call in everything but the bench, in `ms` */
  costs: number[]
}

async function compare(path: string, ways: readonly Way[]): Promise<void> {
  for (const way of ways) await slice(way.load)
  const all = new Map<string, Measured>(
    ways.map(({ name }) => [name, { perSecond: [], p50: [], costs: [] }]),
  )
  for (let round = 0; round < rounds; round++) {
    for (const way of ways) {
      const before = await processorMs(way.processes)
      const { perSecond, latencies: busy } = await slice(way.load)
      const spent = (await processorMs(way.processes)) - before
      const { latencies } = await slice({ ...way.load, connections: 1 })
      all.get(way.name)?.perSecond.push(perSecond)
      all.get(way.name)?.costs.push(spent / busy.length)
      all.get(way.name)?.p50.push(quantile(latencies, 0.5))
    }
  }
  print(path, all)
}

async function slice(given: Load) {
  const result = await closedLoop(given, given.connections === 1 ? sliceMs / 2 : sliceMs)
  assertAll(result, 200)
  return result
}

function print(path: string, all: ReadonlyMap<string, Measured>): void {
  const [first] = all.values()
  const over = (values: readonly number[], base: readonly number[] = []) =>
    median(values.map((value, round) => value / (base[round] ?? Number.NaN))).toFixed(2)
  printTable(`GET ${path}, medians of ${rounds} rounds; ratios round by round`, [
    ["", "20 connections", "ratio", "one by one, p50", "ratio", "processor time", "ratio"],
    ...[...all].map(([name, measured]) => [
      name,
      perSecond(median(measured.perSecond)),
      over(measured.perSecond, first?.perSecond),
      `${median(measured.p50).toFixed(2)} ms`,
      over(measured.p50, first?.p50),
      `${median(measured.costs).toFixed(2)} ms`,
      over(measured.costs, first?.costs),
    ]),
  ])
}
