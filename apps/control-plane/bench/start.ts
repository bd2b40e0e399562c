import { rm } from "node:fs/promises"
import { join } from "node:path"
import { median, printTable, printTarget, seconds } from "./figures.ts"
import { makeDataDir, startBenchPlatform } from "./platform.ts"

const rounds = 5

/** `bin/start` of an installed checkout, from the launch to the first page: new data, then kept data. */
export async function benchStart(): Promise<void> {
  const fresh: number[] = []
  const kept: number[] = []
  for (let round = 0; round < rounds; round++) {
    const dataDir = await makeDataDir()
    try {
      fresh.push(await startOnce(dataDir))
      kept.push(await startOnce(dataDir))
    } finally {
      await rm(dataDir, { recursive: true, force: true })
    }
  }
  const row = (values: readonly number[]) => [
    seconds(Math.min(...values)),
    seconds(median(values)),
    seconds(Math.max(...values)),
  ]
  printTable(`bin/start to the first page, ${rounds} times`, [
    ["", "min", "median", "max"],
    ["first start, the database is made", ...row(fresh)],
    ["later start", ...row(kept)],
  ])
  const slowest = Math.max(median(fresh), median(kept))
  printTarget(`${seconds(slowest)}, target at most 8 s`, slowest <= 8000)
}

async function startOnce(dataDir: string): Promise<number> {
  const platform = await startBenchPlatform({ dataDir, argv: [startCommand] })
  await platform.stop()
  return platform.firstPageMs
}

const startCommand = join(import.meta.dirname, "../../../bin/start")
