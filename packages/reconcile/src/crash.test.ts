import { type ChildProcess, spawn } from "node:child_process"
import { fileURLToPath } from "node:url"
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest"
import { readBacklog } from "./backlog.ts"
import { keyText } from "./key.ts"
import { markDue } from "./leases.ts"
import { definition, gate, key, leaseRow, makeWorld, type World } from "./testing/world.ts"
import { wakeInTransaction } from "./wake.ts"

let world: World
let children: ChildProcess[] = []
beforeAll(async () => {
  world = await makeWorld()
}, 30_000)
afterEach(() => {
  for (const child of children) child.kill("SIGKILL")
  children = []
})
afterAll(() => world.end())

const eventually = (check: () => void | Promise<void>) =>
  vi.waitFor(check, { timeout: 14_000, interval: 20 })

const program = fileURLToPath(new URL("testing/worker-process.ts", import.meta.url))

interface Worker {
  loop: string
  name: string
  instance?: string
  workMs: number
}

function spawnWorker({ loop, name, instance, workMs }: Worker): ChildProcess {
  const argv = [world.postgres.connectionString, loop, name, instance ?? name, String(workMs)]
  const child = spawn(process.execPath, [program, ...argv], {
    stdio: ["ignore", "inherit", "inherit"],
  })
  children.push(child)
  return child
}

async function startWorker(worker: Worker): Promise<ChildProcess> {
  const started = async () =>
    (await journal()).filter((line) => line === `${worker.name} started`).length
  const before = await started()
  const child = spawnWorker(worker)
  await eventually(async () => expect(await started()).toBe(before + 1))
  return child
}

async function journal(id?: string): Promise<string[]> {
  const { rows } = await world.pool.query<{ worker: string; event: string }>(
    "select worker, event from journal where $1::text is null or key = $1 order by seq",
    [id === undefined ? null : keyText(key(id))],
  )
  return rows.map(({ worker, event }) => `${worker} ${event}`)
}

async function ended(worker: string): Promise<number> {
  return (await journal()).filter((line) => line === `${worker} ends`).length
}

async function wake(loop: string, id: string): Promise<void> {
  await wakeInTransaction(world.pool, [{ loop, key: key(id) }])
}

test("a key whose worker is killed in mid-turn is continued by another", async () => {
  const killed = await startWorker({ loop: "killed", name: "a", workMs: 60_000 })
  await wake("killed", "x")
  await eventually(async () => expect(await journal("x")).toEqual(["a begins"]))
  await startWorker({ loop: "killed", name: "b", workMs: 0 })
  killed.kill("SIGKILL")
  await eventually(async () =>
    expect(await journal("x")).toEqual(["a begins", "b begins", "b ends"]),
  )
}, 20_000)

test("a worker that slept through its lease has its late write refused", async () => {
  const asleep = await startWorker({ loop: "asleep", name: "c", workMs: 1_000 })
  await wake("asleep", "y")
  await eventually(async () => expect(await journal("y")).toEqual(["c begins"]))
  asleep.kill("SIGSTOP")
  await startWorker({ loop: "asleep", name: "d", workMs: 0 })
  await eventually(async () =>
    expect(await journal("y")).toEqual(["c begins", "d begins", "d ends"]),
  )
  asleep.kill("SIGCONT")
  await eventually(async () => expect(await journal("y")).toContain("c late"))
  expect(await journal("y")).toEqual(["c begins", "d begins", "d ends", "c late"])
}, 20_000)

test("a holder that starts again continues its own keys without waiting for their leases", async () => {
  const first = await startWorker({ loop: "again", name: "e", instance: "e1", workMs: 60_000 })
  await wake("again", "z")
  await eventually(async () => expect(await journal("z")).toEqual(["e begins"]))
  // A lease of ten minutes shows that nobody waits for it.
  await world.pool.query(
    "update reconcile_leases set expires_at = now() + interval '10 minutes' where loop = 'again'",
  )
  first.kill("SIGKILL")
  await startWorker({ loop: "again", name: "e", instance: "e2", workMs: 0 })
  await eventually(async () =>
    expect(await journal("z")).toEqual(["e begins", "e begins", "e ends"]),
  )
}, 20_000)

test("two processes share keys, each at work in one only, and one carries on when the other is killed", async () => {
  const killed = await startWorker({ loop: "shared", name: "f", workMs: 60 })
  await startWorker({ loop: "shared", name: "g", workMs: 60 })
  const ids = Array.from({ length: 60 }, (_, n) => `shared_${n}`)
  const round = () => Promise.all(ids.map((id) => wake("shared", id)))
  await round()
  await eventually(async () => expect(await ended("f")).toBeGreaterThan(4))
  await eventually(async () => expect(await ended("g")).toBeGreaterThan(4))
  await round()
  killed.kill("SIGKILL")
  await round()
  await eventually(async () => {
    const { rows } = await world.pool.query(
      "select 1 from reconcile_leases where loop = 'shared' and (next_at is not null or holder is not null)",
    )
    expect(rows).toEqual([])
  })
  for (const id of ids) {
    const events = await journal(id)
    expect(events.at(-1)).toBe("g ends")
    // Only a turn that was killed has no end.
    const unended = events.filter((event, n) => {
      const [who] = event.split(" ")
      return event.endsWith("begins") && events[n + 1] !== `${who} ends`
    })
    expect(unended.filter((event) => event !== "f begins")).toEqual([])
    expect(unended.length).toBeLessThanOrEqual(1)
  }
}, 30_000)

test("a key that ends its process is given up with evidence; one that was at work beside it is not", async () => {
  const loop = "poisoned"
  const marks = ["beside", "poison"].map((id) => ({ key: keyText(key(id)) }))
  await markDue(world.pool, { loop, reason: "wake" }, marks)
  const evidence = "k gives up after tries"
  const givenUp = async () => (await journal("poison")).includes(evidence)
  let starts = 0
  while (!(await givenUp()) && starts < 10) {
    const child = spawnWorker({ loop, name: "k", instance: `k${++starts}`, workMs: 700 })
    const ends = new Promise((resolve) => child.on("exit", resolve))
    await Promise.race([ends, vi.waitUntil(givenUp, { timeout: 14_000, interval: 50 })])
  }
  const begun = Array.from({ length: 4 }, () => "k begins")
  expect(await journal("poison")).toEqual([...begun, evidence])
  await eventually(async () => expect((await journal("beside")).at(-1)).toBe("k ends"))
  expect(await readBacklog(world.pool, [loop])).toMatchObject([
    {
      failing: 1,
      failingKeys: [
        {
          key: key("poison"),
          failures: 4,
          gaveUp: true,
          fault: expect.stringMatching(/^holder_lost/),
        },
      ],
    },
  ])
}, 60_000)

test("loops wait for a database that goes away, say so once, and carry on when it is back", async () => {
  const turns = gate()
  const loop = definition(turns.reconcile, { due: async () => [key("after")] })
  await world.start(loop)
  await eventually(() => expect(turns.began).toEqual(["after"]))
  turns.finish("after")
  await eventually(async () =>
    expect(await leaseRow(world.pool, loop.name, "after")).toMatchObject({ rest: true }),
  )
  world.logged.length = 0
  await world.postgres.stop()
  await eventually(() =>
    expect(world.logged.filter((line) => line.startsWith("error:"))).toHaveLength(1),
  )
  await world.postgres.start()
  await eventually(() => expect(turns.began).toEqual(["after", "after"]))
  turns.finish("after")
  await eventually(async () => {
    await wake(loop.name, "woken")
    expect(turns.began).toContain("woken")
  })
  turns.finish("woken")
  expect(world.logged).toEqual(["error: The loops cannot reach their rows; they wait for them."])
  await world.stopLoops()
}, 30_000)
