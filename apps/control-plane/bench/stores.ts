import { rm, symlink } from "node:fs/promises"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import type { Call } from "@vibecaas/contract/client"
import type { Store, StoreEngine } from "@vibecaas/contract/store"
import pg from "pg"
import { storeEngines } from "../src/main/store-engines.ts"
import { openBareShops, valuesOf } from "./bare-shop.ts"
import { median, ms, printTable, quantile, seconds } from "./figures.ts"
import { memoryMiB, withPeak } from "./memory.ts"
import { type BenchPlatform, makeDataDir, startBenchPlatform } from "./platform.ts"
import { processorMs } from "./processor-time.ts"
import { signIn } from "./visitor.ts"

const rounds = 5
const atOnce = 10
const madeAtOnce = 8
const readyMsMax = 15 * 60_000
/** calls of the list, one after the other */
const pages = 50
const restMs = 60_000

interface World {
  platform: BenchPlatform
  call: Call
}

/**
 * Stores as a shop's owner meets them: from the click to a shop that sells, ten clicks at once, and what many
 * that run cost. `VIBECAAS_BENCH_ENGINES` names the folder `engines` of an installation, whose installed software
 * is measured too; `VIBECAAS_BENCH_STORES` says how many run at last.
 */
export async function benchStores(): Promise<void> {
  const dataDir = await makeDataDir()
  const installed = process.env.VIBECAAS_BENCH_ENGINES
  if (installed) await symlink(installed, join(dataDir, "engines"))
  const many = Number(process.env.VIBECAAS_BENCH_STORES ?? 500)
  const platform = await startBenchPlatform({
    dataDir,
    env: {
      VIBECAAS_STORES_PER_PERSON: "2000",
      // What is prepared for projects meanwhile would be counted as the stores'.
      VIBECAAS_WARM_STARTERS: "off",
      VIBECAAS_STARTS_PER_MINUTE: "1000000",
      VIBECAAS_REQUESTS_PER_MINUTE: "1000000",
    },
  })
  try {
    await giveRoom(platform)
    const world = { platform, call: await signIn(platform) }
    await eachEngine(world)
    await severalAtOnce(world)
    await manyThatRun(world, many)
  } finally {
    await platform.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

/** Quotas are for customers: this organization has room for all that is measured. */
async function giveRoom(platform: BenchPlatform): Promise<void> {
  const client = new pg.Client({ connectionString: await platform.adminUrl() })
  await client.connect()
  try {
    await client.query(
      `insert into organization_limits (organization_id, resource, amount)
       select id, r, 10000000 from organizations, unnest(array['stores', 'store_memory_mib']) r`,
    )
  } finally {
    await client.end()
  }
}

let made = 0
const create = ({ call }: World, engine: string, version: string): Promise<Store> =>
  call("POST /stores", {
    body: {
      ...{ name: `Bench ${++made}`, engine, version, plan: "basic" },
      values: valuesOf({ name: engine }),
    },
  })

async function untilReady({ call }: World, { id }: Store): Promise<Store> {
  for (const since = performance.now(); performance.now() - since < readyMsMax; await sleep(50)) {
    const store = await call("GET /stores/{storeId}", { params: { storeId: id } })
    if (store.state === "ready") return store
    if (store.state === "failed") throw new Error(`it failed: ${JSON.stringify(store.failure)}`)
  }
  throw new Error("a store was not ready in time")
}

async function untilGone({ call }: World, { id, name }: Store): Promise<void> {
  await call("DELETE /stores/{storeId}", { params: { storeId: id }, body: { name } })
  for (const since = performance.now(); performance.now() - since < readyMsMax; await sleep(50)) {
    const there = await call("GET /stores", { query: { search: name } })
    if (!there.items.some((each) => each.id === id)) return
  }
}

type Version = StoreEngine["versions"][number]
const runs = ({ installed, lacks }: Version) => installed && lacks === null

async function eachEngine(world: World): Promise<void> {
  for (const { name, versions } of (await world.call("GET /store-engines", {})).items) {
    const version = versions.find(runs)?.version
    if (!version) continue
    const row = await oneEngine(world, { name, version })
    printTable(`from the click to an order that went through, ${rounds} times after the first`, [
      ["", "first", "min", "median", "max", "processor time", "bare commands", "ratio"],
      row,
    ])
  }
}

/** The first of all makes what the others share: its time is told apart. */
async function oneEngine(world: World, of: { name: string; version: string }): Promise<string[]> {
  const { name, version } = of
  const roots = await world.platform.processes()
  const ours: number[] = []
  const costs: number[] = []
  const bare: number[] = []
  const sellOne = async () => {
    const [began, before] = [performance.now(), await processorMs(roots)]
    const store = await untilReady(world, await create(world, name, version))
    const spent = { ms: performance.now() - began, cost: (await processorMs(roots)) - before }
    await untilGone(world, store)
    return spent
  }
  const { ms: first } = await sellOne()
  const enginesDir = join(world.platform.dataDir, "engines")
  const shops = await openBareShops(storeEngines.find(name), { version, enginesDir })
  for (let round = 0; round < rounds; round++) {
    const { ms: each, cost } = await sellOne()
    ours.push(each)
    costs.push(cost)
    if (shops) bare.push(await shops.sell())
  }
  await shops?.close()
  return [
    ...[`${name} ${version}`, seconds(first), seconds(Math.min(...ours)), seconds(median(ours))],
    ...[seconds(Math.max(...ours)), seconds(median(costs))],
    ...(shops ? [seconds(median(bare)), ratio(ours, bare)] : ["–", "–"]),
  ]
}

const ratio = (ours: number[], bare: number[]) => (median(ours) / median(bare)).toFixed(2)

const newest = storeEngines.find("simulator").versions[0]?.version ?? ""

async function severalAtOnce(world: World): Promise<void> {
  const roots = await world.platform.processes()
  const began = performance.now()
  const { done: all, peakMiB } = await withPeak(roots, async () => {
    const asked: Store[] = []
    for (let each = 0; each < atOnce; each++) asked.push(await create(world, "simulator", newest))
    return Promise.all(
      asked.map(async (store) => {
        const ready = await untilReady(world, store)
        return { name: store.name, readyMs: performance.now() - began, work: ready.work }
      }),
    )
  })
  const inOrder = all.toSorted((a, b) => beganAt(a) - beganAt(b))
  const asAsked = inOrder.every(({ name }, place) => name === all[place]?.name)
  printTable(`${atOnce} simulated shops asked for at once`, [
    ["", "first ready", "median", "last ready", "peak memory", "begun in order"],
    [
      "all of the platform",
      ...[Math.min, undefined, Math.max].map((of) => {
        const times = all.map(({ readyMs }) => readyMs)
        return seconds(of ? of(...times) : median(times))
      }),
      ...[`${Math.round(peakMiB)} MiB`, asAsked ? "yes" : "no"],
    ],
  ])
}

const beganAt = ({ work }: { work: Store["work"] }) => Date.parse(work?.startedAt ?? "")

async function manyThatRun(world: World, count: number): Promise<void> {
  const { call, platform } = world
  const { usage } = await call("GET /stores", { query: {} })
  let left = Math.max(0, count - usage.organization.used)
  const began = performance.now()
  const worker = async () => {
    while (left-- > 0) await untilReady(world, await create(world, "simulator", newest))
  }
  await Promise.all(Array.from({ length: madeAtOnce }, worker))
  const madeMs = performance.now() - began
  const times = await listTimes(call)
  const sweptMs = await sweepMs(platform)
  const roots = await platform.processes()
  const before = await processorMs(roots)
  await sleep(restMs)
  const restCost = (await processorMs(roots)) - before
  printTable(`${count} simulated shops that run`, [
    [
      "",
      "made in",
      "list page p50",
      "p95",
      "a sweep",
      "memory",
      "processor time of a minute at rest",
    ],
    [
      ...["with their sweeps", seconds(madeMs), ms(median(times)), ms(quantile(times, 0.95))],
      seconds(sweptMs),
      ...[`${Math.round(await memoryMiB(roots))} MiB`, seconds(restCost)],
    ],
  ])
}

/** All stores are due at once: from the first that was looked at to the last, as their rows tell. */
async function sweepMs(platform: BenchPlatform): Promise<number> {
  const client = new pg.Client({ connectionString: await platform.adminUrl() })
  await client.connect()
  try {
    const { rows } = await client.query<{ at: Date }>("select clock_timestamp() as at")
    const since = rows[0]?.at
    await client.query("update reconcile_leases set next_at = now() where loop = 'stores'")
    for (const began = performance.now(); performance.now() - began < readyMsMax; ) {
      await sleep(250)
      const [row] = (await client.query<{ left: string; ms: number }>(sweepSql, [since])).rows
      if (row?.left === "0") return row.ms
    }
    throw new Error("a sweep did not end")
  } finally {
    await client.end()
  }
}

const sweepSql = `select count(*) filter (where touched_at < $1 or holder is not null) as left,
  extract(epoch from max(touched_at) - min(touched_at))::float8 * 1000 as ms
  from reconcile_leases where loop = 'stores'`

async function listTimes(call: Call): Promise<number[]> {
  const times: number[] = []
  for (let page = 0; page < pages; page++) {
    const began = performance.now()
    await call("GET /stores", { query: { limit: 50 } })
    times.push(performance.now() - began)
  }
  return times
}
