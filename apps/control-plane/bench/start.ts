import { rm } from "node:fs/promises"
import { join } from "node:path"
import { median, printTable, printTarget, seconds } from "./figures.ts"
import { makeDataDir, startBenchPlatform } from "./platform.ts"
import { processorMs } from "./processor-time.ts"

const rounds = 5

/** `bin/start` of an installed checkout, from the launch to the first page: new data, then kept data. */
export async function benchStart(): Promise<void> {
  const fresh: Started[] = []
  const kept: Started[] = []
  for (let round = 0; round < rounds; round++) {
    const dataDir = await makeDataDir()
    try {
      fresh.push(await startOnce(dataDir))
      kept.push(await startOnce(dataDir))
    } finally {
      await rm(dataDir, { recursive: true, force: true })
    }
  }
  printTable(`bin/start to the first page, ${rounds} times`, [
    ["", "min", "median", "max", "processor time"],
    ["first start, the database is made", ...row(fresh)],
    ["later start", ...row(kept)],
  ])
  const slowest = Math.max(...[fresh, kept].map((starts) => median(starts.map(({ ms }) => ms))))
  printTarget(`${seconds(slowest)}, target at most 8 s`, slowest <= 8000)
}

interface Started {
  ms: number
  processorMs: number
}

function row(starts: readonly Started[]): string[] {
  const times = starts.map(({ ms }) => ms)
  const costs = starts.map(({ processorMs }) => processorMs)
  return [Math.min(...times), median(times), Math.max(...times), median(costs)].map(seconds)
}

async function startOnce(dataDir: string): Promise<Started> {
  const platform = await startBenchPlatform({ dataDir, argv: [startCommand] })
  const spent = await processorMs(await platform.processes())
  await platform.stop()
  return { ms: platform.firstPageMs, processorMs: spent }
}

const startCommand = join(import.meta.dirname, "../../../bin/start")
