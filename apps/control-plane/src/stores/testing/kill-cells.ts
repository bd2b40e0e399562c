import type { IdOf } from "@vibecaas/contract/kinds"
import { type StoreStep, storeWorks } from "@vibecaas/contract/store-states"
import { systemClock } from "@vibecaas/kernel/clock"
import { expect } from "vitest"
import { deleteStore } from "../change-store.ts"
import { backUpStore, restoreStore, rollBackStore, upgradeStore } from "../operate-store.ts"
import { listBackups, listReleases } from "../queries/history.ts"
import { findStore } from "../queries/stores.ts"
import type { StoreRow } from "../store.ts"
import { gone, need, nothingTwice, ordersOf } from "./kill-checks.ts"
import { type KillWorld, processesOf, type Victim } from "./kill-world.ts"

type Id = IdOf<"store">
type DeleteStep = "last backup" | "destroy" | "remove"
export interface Cell {
  work: "upgrade" | "upgrade_beside" | "rollback" | "backup" | "restore" | "delete"
  step: StoreStep | DeleteStep
  victim: Victim
}

/** The verb that each step of a deletion takes. */
const deleting: Readonly<Record<string, string>> = {
  "last backup": "backup",
  destroy: "destroy",
  remove: "backups",
}

const stepsOf = (work: Exclude<Cell["work"], "delete">) =>
  storeWorks[work].steps.map((step) => ({ work, step }))

/**
 * Every step of what is done to a store once it is made. Upgrades and ways back take turns, so that one
 * store goes through them all.
 */
export const cells: readonly Pick<Cell, "work" | "step">[] = [
  ...stepsOf("upgrade").flatMap((cell, at) => [cell, stepsOf("rollback")[at] ?? cell]),
  ...stepsOf("upgrade_beside"),
  ...stepsOf("backup"),
  ...stepsOf("restore"),
  ...(["last backup", "destroy", "remove"] as const).map(
    (step) => ({ work: "delete", step }) as const,
  ),
]

/**
 * Has something done to a store and kills the victim while the step is taken; then looks at the world: nothing
 * twice, nothing lost, nothing left. A store that is well afterwards is used for the next cell.
 *
 * @returns what became of the work, in words
 */
export async function killAt(world: KillWorld, cell: Cell): Promise<string> {
  const { work, step, victim } = cell
  const id = await storeFor(world, cell)
  const before = { orders: await ordersOf(world, id), processes: (await processesOf(id)).length }
  const dead = world.killAt(
    victim,
    id,
    // To prepare is asked for a version, not for a store.
    async (verb, storeId) =>
      (storeId === id || verb === "prepare") && (await isAt(world, { id, step, verb })),
  )
  await ask(world, id, work)
  const missed = settle(world, id).then(async () => {
    await systemClock.sleep(1000)
    throw new Error("it was over before anything was killed")
  })
  missed.catch(() => {})
  await Promise.race([dead, missed])
  await settle(world, id)
  if (work === "delete") {
    world.stores.delete(engineFor(victim))
    return gone(world, id)
  }
  const outcome = await outcomeOf(world, id, work)
  await nothingTwice(world, id)
  if (outcome.startsWith("failed")) await remove(world, engineFor(victim))
  else await sameAsBefore(world, id, { work, before })
  return outcome
}

/** Deletes what is left of the stores that cells used. */
export async function removeAll(world: KillWorld): Promise<void> {
  for (const engine of [...world.stores.keys()]) await remove(world, engine)
}

async function remove(world: KillWorld, engine: string): Promise<void> {
  const id = need(world.stores.get(engine))
  world.stores.delete(engine)
  await ask(world, id, "delete")
  await settle(world, id)
  await gone(world, id)
}

async function sameAsBefore(
  world: KillWorld,
  id: Id,
  { work, before }: { work: Cell["work"]; before: { orders: string[]; processes: number } },
): Promise<void> {
  const orders = await ordersOf(world, id)
  expect(new Set(orders).size, "no order is there twice").toBe(orders.length)
  if (work === "upgrade" || work === "upgrade_beside" || work === "backup")
    expect(orders, "no order is lost").toEqual(expect.arrayContaining(before.orders))
  expect((await processesOf(id)).length, "it runs once").toBe(before.processes)
  expect(await world.local.backend.look(id)).not.toHaveProperty("beside")
}

/** A store in the state from which the work begins. */
async function storeFor(world: KillWorld, { victim, work }: Cell): Promise<Id> {
  const id = world.stores.get(engineFor(victim)) ?? (await newStore(world, engineFor(victim)))
  const { version } = await rowOf(world, id)
  if (isUpgrade(work) && version !== oldest) await askFor(world, id, "rollback")
  if (work === "rollback" && version === oldest) await askFor(world, id, "upgrade")
  if (work === "restore") await askFor(world, id, "backup")
  return id
}

const oldest = "1.0.0"
/** The version that each upgrade leads to: one of them shares its data with the oldest. */
const upgrades = { upgrade: "2.0.0", upgrade_beside: "1.1.0" } as const
const isUpgrade = (work: Cell["work"]): work is keyof typeof upgrades => work in upgrades

/** Only one of them has a server of databases that could be killed. */
const engineFor = (victim: Victim) => (victim === "database" ? "ledger" : "simulator")

async function newStore(world: KillWorld, engine: string): Promise<Id> {
  const name = `To be killed ${world.made.push(engine)}`
  const id = await world.create({ name, engine, version: oldest })
  world.stores.set(engine, id)
  await settle(world, id)
  expect(await rowOf(world, id)).toMatchObject({ state: "ready", failure: null })
  return id
}

async function askFor(world: KillWorld, id: Id, work: Cell["work"]): Promise<void> {
  await ask(world, id, work)
  await settle(world, id)
  expect(await rowOf(world, id)).toMatchObject({ state: "ready", failure: null })
}

const rowOf = ({ act }: KillWorld, id: Id): Promise<StoreRow> =>
  act(async (ctx) => need(await findStore(ctx.db, id)))

async function isAt(
  { db }: KillWorld,
  { id, step, verb }: { id: Id; step: string; verb: string },
): Promise<boolean> {
  if (step in deleting) {
    const { rows } = await db.adminPool.query(
      "select 1 from stores where id = $1 and state = 'deleting'",
      [id],
    )
    return rows.length > 0 && deleting[step] === verb
  }
  const { rows } = await db.adminPool.query(
    `select 1 from store_steps s join stores t on t.work_id = s.work_id
     where t.id = $1 and s.step = $2 and not s.done and s.ended_at is null`,
    [id, step],
  )
  return rows.length > 0
}

function ask({ act, parts }: KillWorld, id: Id, work: Cell["work"]): Promise<unknown> {
  return act(async (ctx) => {
    if (isUpgrade(work)) return upgradeStore(ctx, parts, { id, version: upgrades[work] })
    if (work === "backup") return backUpStore(ctx, parts, id)
    if (work === "rollback") {
      const past = (await listReleases(ctx.db, id)).find(({ state }) => state === "past")
      return rollBackStore(ctx, parts, { id, releaseId: need(past).id, losesOrders: true })
    }
    if (work === "restore") {
      const asked = (await listBackups(ctx.db, id)).find(({ reason }) => reason === "asked")
      return restoreStore(ctx, parts, { id, backupId: need(asked).id })
    }
    const row = need(await findStore(ctx.db, id))
    return deleteStore(ctx, parts, { id, name: row.name, backup: true })
  })
}

const settleMs = 60_000

/** Until nothing is done to a store and it is in a state that lasts, or it is gone. */
async function settle({ db, local }: KillWorld, id: Id): Promise<void> {
  const until = Date.now() + settleMs
  while (Date.now() < until) {
    const { rows } = await db.adminPool.query(
      `select state from stores where id = $1 and
       not (wanted <> 'gone' and work_id is null and state in ('ready', 'failed') and repairs = 0)`,
      [id],
    )
    if (rows.length === 0 && (await isStill(local.backend, id))) return
    await systemClock.sleep(50)
  }
  const { rows } = await db.adminPool.query("select * from stores where id = $1", [id])
  throw new Error(`it does not settle: ${JSON.stringify(rows)}`)
}

/** What runs listens: nothing starts, and nothing waits to be started again. */
async function isStill(backend: KillWorld["local"]["backend"], id: Id): Promise<boolean> {
  const { processes, drift } = await backend.look(id)
  return drift.length === 0 && processes.every(({ state }) => state === "listening")
}

async function outcomeOf(world: KillWorld, id: Id, work: Cell["work"]): Promise<string> {
  const row = await rowOf(world, id)
  const { rows } = await world.db.adminPool.query<{ state: string }>(
    "select state from store_works where store_id = $1 and work = $2 order by id desc limit 1",
    [id, work],
  )
  if (rows[0]?.state === "done") {
    expect(row).toMatchObject({ state: "ready", failure: null })
    return "done"
  }
  expect(row.failure, "why it failed is kept").toMatchObject({ say: expect.any(String), work })
  if (row.state === "ready") return `taken back: ${row.failure?.kind}`
  return `failed: ${row.failure?.kind}`
}
