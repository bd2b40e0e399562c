import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { gzipSync } from "node:zlib"
import { printTable, printTarget } from "./figures.ts"

const dashboard = join(import.meta.dirname, "../../dashboard")
const kilobytesMax = 230

/** A route as the build describes it. */
interface Built {
  route: string
  /** files that its first page loads, from the dashboard's folder */
  firstLoadChunkPaths: string[]
}

/** What a browser loads for the first page of each route, compressed, beside what is in all of them. */
export async function benchBundle(): Promise<void> {
  const stats = join(dashboard, ".next/diagnostics/route-bundle-stats.json")
  const routes = JSON.parse(await readFile(stats, "utf8")) as Built[] // written by Next.js 16.4
  const shared = routes
    .map(({ firstLoadChunkPaths }) => firstLoadChunkPaths)
    .reduce((common, files) => common.filter((file) => files.includes(file)))
  const base = await kilobytes(shared)
  const sizes = await Promise.all(
    routes.map(async ({ route, firstLoadChunkPaths }) => ({
      route,
      size: await kilobytes(firstLoadChunkPaths),
    })),
  )
  sizes.sort((a, b) => b.size - a.size)
  printTable("JavaScript of a first page, gzip", [
    ["", "size", "to what all share"],
    ...sizes.map(({ route, size }) => [route, `${size.toFixed(0)} kB`, (size / base).toFixed(2)]),
    ["what all share", `${base.toFixed(0)} kB`, "1.00"],
  ])
  const largest = sizes[0]?.size ?? 0
  printTarget(
    `${largest.toFixed(0)} kB, target at most ${kilobytesMax} kB`,
    largest <= kilobytesMax,
  )
}

async function kilobytes(files: readonly string[]): Promise<number> {
  const sizes = await Promise.all(
    files.map(async (file) => gzipSync(await readFile(join(dashboard, file))).length),
  )
  return sizes.reduce((sum, size) => sum + size, 0) / 1000
}
