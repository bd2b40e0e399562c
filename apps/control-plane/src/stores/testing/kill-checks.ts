import { readdir } from "node:fs/promises"
import type { IdOf } from "@vibecaas/contract/kinds"
import { readOrders } from "@vibecaas/stores/probe-store"
import { expect } from "vitest"
import { listBackups, listReleases } from "../queries/history.ts"
import { findStore } from "../queries/stores.ts"
import { releaseOf } from "../release-of.ts"
import { type KillWorld, processesOf } from "./kill-world.ts"

type Id = IdOf<"store">

export function need<T>(found: T | undefined): T {
  if (found === undefined) throw new Error("it is not there")
  return found
}

/** One release runs, and each backup that is told of is there, and no other. */
export async function nothingTwice({ act, local }: KillWorld, id: Id): Promise<void> {
  const { releases, backups } = await act(async (ctx) => ({
    releases: await listReleases(ctx.db, id),
    backups: await listBackups(ctx.db, id),
  }))
  expect(releases.filter(({ state }) => state === "current")).toHaveLength(1)
  const told = backups.filter(({ state }) => state === "kept").map((backup) => backup.id)
  const there = (await local.backend.backups(id)).map(({ backupId }) => backupId)
  expect(there.toSorted()).toEqual(told.toSorted())
  expect(backups.filter(({ state }) => state === "making")).toEqual([])
  const folders = await readdir(`${local.options.dataRoot}/backups/${id}`).catch(() => [])
  expect(folders.toSorted(), "half a backup is left").toEqual(there.toSorted())
}

/** Of a deleted store there is its last backup and nothing else. */
export async function gone({ db, local }: KillWorld, id: Id): Promise<string> {
  expect(await processesOf(id)).toEqual([])
  expect(await groupsOf(id), "its limits are left").toEqual([])
  expect(await local.backend.list()).not.toContain(id)
  expect(await local.backend.look(id)).toMatchObject({ exists: false })
  const { rows } = await db.adminPool.query(
    `select (select count(*)::int from stores where id = $1)
       + (select count(*)::int from quota_reservations where subject = $1)
       + (select count(*)::int from secrets where kept_by = $1)
       + (select count(*)::int from holds where holder_id = $1)
       + (select count(*)::int from hosts where target_id = $1 and state = 'serving') as left,
       (select array_agg(id) from store_backups where store_id = $1) as kept`,
    [id],
  )
  const kept = (await local.backend.backups(id)).map(({ backupId }) => backupId)
  expect(kept).toHaveLength(1)
  expect(await readdir(`${local.options.dataRoot}/backups/${id}`)).toEqual(kept)
  expect(rows).toEqual([{ left: 0, kept }])
  return "gone, with its last backup"
}

/** Control groups of a store, of whichever controller. */
async function groupsOf(id: string): Promise<string[]> {
  const below = async (path: string) => readdir(path).catch(() => [])
  const root = "/sys/fs/cgroup"
  const found = await Promise.all((await below(root)).map((name) => below(`${root}/${name}`)))
  return found.flat().filter((name) => name.includes(id))
}

/** Numbers of all orders, as the shop's admin API says them. */
export async function ordersOf({ act, parts, local, db }: KillWorld, id: Id): Promise<string[]> {
  const release = await act(async (ctx) => {
    const row = need(await findStore(ctx.db, id))
    return releaseOf(ctx, parts, { row, version: row.version, verbose: false })
  })
  const engine = parts.engines.find(release.engine)
  const read = await readOrders({ backend: local.backend, engine, release, clock: db.clock }, 100)
  if (!("orders" in read)) throw new Error(`no orders: ${JSON.stringify(read.failed.failed)}`)
  return read.orders.map(({ number }) => number)
}
