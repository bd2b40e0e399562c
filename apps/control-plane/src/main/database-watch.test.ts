import { clockAt } from "@vibecaas/kernel/clock"
import { silentLog } from "@vibecaas/kernel/log"
import { afterEach, expect, test, vi } from "vitest"
import { watchDatabase } from "./database-watch.ts"

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

/** A database that dies on demand and comes back at the ports it is given. */
function world(...portsToCome: number[]) {
  const clock = clockAt("2026-01-01T00:00:00Z")
  const startedAt: number[] = []
  const movedTo: number[] = []
  const told: string[] = []
  let alive = true
  let failures = 0
  const stop = async () => {
    alive = false
  }
  const at = (port: number) => ({ port, isAlive: async () => alive, stop })
  const end = watchDatabase({
    pulse: async () => undefined,
    ours: {
      running: at(5000),
      startAgain: async (wanted) => {
        if (failures-- > 0) throw new Error("no room")
        startedAt.push(wanted)
        alive = true
        return at(portsToCome.shift() ?? wanted)
      },
      moved: async ({ port }) => {
        if (failures-- > 0) throw new Error("cannot be told")
        movedTo.push(port)
      },
    },
    clock,
    log: silentLog,
    tell: (line) => told.push(line),
  })
  ends.push(end)
  return {
    startedAt,
    movedTo,
    told,
    die(failuresToCome = 0) {
      alive = false
      failures = failuresToCome
    },
    until: (check: () => void) =>
      vi.waitFor(() => {
        clock.advance(2000)
        check()
      }),
  }
}

test("a database that died is started at the port where it was, and nobody is told", async () => {
  const database = world()
  database.die()
  await database.until(() => expect(database.startedAt).toEqual([5000]))
  expect(database.movedTo).toEqual([])
})

test("people are told once that it ended, and once that it is back", async () => {
  const database = world()
  database.die(3)
  await database.until(() => expect(database.startedAt).toEqual([5000]))
  expect(database.told).toEqual([
    "The database ended by itself. Starting it again.",
    "The database is running again.",
  ])
})

test("a database whose port was taken meanwhile comes back elsewhere, and the server is told", async () => {
  const database = world(6000, 6000)
  database.die()
  await database.until(() => expect(database.movedTo).toEqual([6000]))
  database.die()
  await database.until(() => expect(database.startedAt).toEqual([5000, 6000]))
  expect(database.movedTo).toEqual([6000])
})

test("a start that fails, and a move that nobody could be told, are tried again", async () => {
  const starting = world()
  starting.die(2)
  await starting.until(() => expect(starting.startedAt).toEqual([5000]))
  const moving = world(6000)
  moving.die(0)
  await moving.until(() => expect(moving.movedTo).toEqual([6000]))
})
