import { fork } from "node:child_process"
import { join } from "node:path"
import { endWithUs } from "./end-with-us.ts"
import { median, ms, perSecond, printTable, printTarget, quantile } from "./figures.ts"
import { type BenchPerson, seedPeople } from "./people.ts"
import { type BenchPlatform, freePort, startBenchPlatform } from "./platform.ts"
import { processorMs } from "./processor-time.ts"
import { assertAll, closedLoop, getRequest, type Load, openLoop } from "./traffic.ts"

const people = 600
const pairs = 9
const sliceMs = 3000
const pace = { perSecond: 300, durationMs: 20_000 }

/** `GET /api/v1/projects`: latency at a steady rate, and throughput beside a bare route. */
export async function benchList(): Promise<void> {
  const platform = await startBenchPlatform()
  try {
    const seeded = await seedPeople(platform, { people, projects: 60 })
    const bare = await startBareRoute(await platform.adminUrl())
    try {
      const ours = await platform.processes()
      await measure(
        { load: platformLoad(platform, seeded), processes: ours },
        // The database is the same one.
        { load: bareLoad(bare.port, seeded), processes: [bare.pid, ...ours.slice(1)] },
      )
    } finally {
      bare.stop()
    }
  } finally {
    await platform.stop()
  }
}

interface Measured {
  load: Load
  processes: readonly number[]
}

interface Slice {
  perSecond: number
  /** processor time of server and database for one call, in `ms` */
  processorMs: number
}

async function measure(product: Measured, bare: Measured): Promise<void> {
  for (const warm of [product, bare, product, bare]) await slice(warm)
  const { latencies } = await steady(product.load)
  printSteady(latencies)
  const ours: Slice[] = []
  const theirs: Slice[] = []
  for (let pair = 0; pair < pairs; pair++) {
    ours.push(await slice(product))
    theirs.push(await slice(bare))
  }
  printThroughput(ours, theirs)
}

function printSteady(latencies: readonly number[]): void {
  const p95 = quantile(latencies, 0.95)
  printTable(`${pace.perSecond} requests a second, open loop, ${pace.durationMs / 1000} s`, [
    ["", "p50", "p95", "p99", "max"],
    ["GET /api/v1/projects", ...[0.5, 0.95, 0.99, 1].map((q) => ms(quantile(latencies, q)))],
  ])
  printTarget(`p95 ${ms(p95)}, target at most 25 ms`, p95 <= 25)
}

function printThroughput(ours: readonly Slice[], theirs: readonly Slice[]): void {
  const rates = (slices: readonly Slice[]) => slices.map(({ perSecond }) => perSecond)
  const costs = (slices: readonly Slice[]) => slices.map(({ processorMs }) => processorMs)
  const ratios = ours.map((slice, pair) => slice.perSecond / (theirs[pair]?.perSecond ?? 0))
  const costRatios = ours.map((slice, pair) => (theirs[pair]?.processorMs ?? 0) / slice.processorMs)
  const exact = (value: number) => `${value.toFixed(3)} ms`
  const ratio = (value: number) => value.toFixed(2)
  printTable(`throughput, closed loop, 20 connections, ${pairs} pairs of ${sliceMs / 1000} s`, [
    ["", "min", "median", "max"],
    ["GET /api/v1/projects", ...spread(rates(ours), perSecond)],
    ["bare route", ...spread(rates(theirs), perSecond)],
    ["ratio, pair by pair", ...spread(ratios, ratio)],
    ["processor time of a call", ...spread(costs(ours), exact)],
    ["  of the bare route", ...spread(costs(theirs), exact)],
    ["  ratio, bare to ours", ...spread(costRatios, ratio)],
  ])
  printTarget(`ratio ${ratio(median(ratios))}, target at least 0.60`, median(ratios) >= 0.6)
}

async function steady(load: Load) {
  const result = await openLoop({ ...load, connections: 100 }, pace)
  assertAll(result, 200)
  return result
}

async function slice({ load, processes }: Measured): Promise<Slice> {
  const before = await processorMs(processes)
  const result = await closedLoop(load, sliceMs)
  const spent = (await processorMs(processes)) - before
  assertAll(result, 200)
  return { perSecond: result.perSecond, processorMs: spent / result.latencies.length }
}

export const spread = (values: readonly number[], show: (value: number) => string) => [
  show(Math.min(...values)),
  show(median(values)),
  show(Math.max(...values)),
]

function platformLoad(platform: BenchPlatform, seeded: readonly BenchPerson[]): Load {
  const host = `localhost:${platform.port}`
  return loadOf(platform.port, seeded, (person) =>
    getRequest("/api/v1/projects?limit=50", { host, cookie: person.cookie }),
  )
}

function bareLoad(port: number, seeded: readonly BenchPerson[]): Load {
  return loadOf(port, seeded, ({ organizationId }) =>
    getRequest(`/projects?organization=${organizationId}`, { host: `localhost:${port}` }),
  )
}

function loadOf(
  port: number,
  seeded: readonly BenchPerson[],
  requestOf: (person: BenchPerson) => Buffer,
): Load {
  const requests = seeded.map(requestOf)
  // Never out of range: the index is taken modulo the length.
  return { port, connections: 20, request: (n) => requests[n % requests.length] as Buffer }
}

async function startBareRoute(adminUrl: string) {
  const port = await freePort()
  const child = fork(join(import.meta.dirname, "bare-route.ts"), [String(port), adminUrl], {
    env: { PATH: process.env.PATH, NODE_ENV: "production" },
  })
  endWithUs(child)
  await new Promise<void>((resolve, reject) => {
    child.once("message", () => resolve())
    child.once("exit", () => reject(new Error("the bare route did not start")))
  })
  return { port, pid: child.pid ?? 0, stop: () => child.kill() }
}
