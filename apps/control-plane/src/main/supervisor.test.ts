import { clockAt } from "@vibecaas/kernel/clock"
import { silentLog } from "@vibecaas/kernel/log"
import { expect, test } from "vitest"
import type { FromServer, ServerInput } from "./messages.ts"
import { superviseServer } from "./supervisor.ts"

const ready: FromServer = { type: "ready", admin: undefined, simulated: [] }
/** What the supervisor passes on and never reads. */
const inputOf = (name: string) => ({ name }) as unknown as ServerInput

/** Processes that do what the test says, and a clock that stands still. */
function supervised() {
  const clock = clockAt("2026-01-01T00:00:00Z")
  const processes: FakeProcess[] = []
  const heard: FromServer[] = []
  const supervisor = superviseServer({
    input: inputOf("first"),
    ...{ clock, log: silentLog },
    start(input, hear) {
      const { promise: ended, resolve } = Promise.withResolvers<End>()
      const made: FakeProcess = {
        ...{ input, hear, told: [] },
        end: (code = 1) => {
          resolve({ code, signal: null })
          return settled()
        },
      }
      processes.push(made)
      const kill = () => {
        made.told.push("kill")
        resolve({ code: null, signal: "SIGKILL" })
      }
      const ping = () => made.told.push("ping")
      return { ended, kill, ping, askToStop: () => made.told.push("stop") }
    },
    hear: (message) => heard.push(message),
  })
  const pass = (ms: number) => {
    clock.advance(ms)
    return settled()
  }
  const newest = () => {
    const last = processes.at(-1)
    if (!last) throw new Error("no process was started")
    return last
  }
  return { supervisor, processes, heard, pass, newest }
}

type End = { code: number | null; signal: string | null }
interface FakeProcess {
  input: ServerInput
  hear: (message: FromServer) => void
  told: ("stop" | "kill" | "ping")[]
  end(code?: number): Promise<void>
}

const settled = () => new Promise<void>((resolve) => setImmediate(resolve))
/** "waits" while a promise has no answer. */
const now = <T>(promise: Promise<T>) => Promise.race([promise, settled().then(() => "waits")])

test("a server that falls is started again at once, then after pauses that double", async () => {
  const { processes, pass, newest } = supervised()
  const startsAfter = async (ms: number) => {
    await newest().end()
    const before = processes.length
    if (ms > 0) await pass(ms - 1)
    expect(processes.length).toBe(before)
    await pass(1)
    expect(processes.length).toBe(before + 1)
  }
  for (const ms of [0, 200, 400, 800, 1600]) await startsAfter(ms)
})

test("a server that became ready begins to count anew, and what it says is passed on", async () => {
  const { processes, heard, pass, newest } = supervised()
  for (let n = 0; n < 12; n++) {
    newest().hear(ready)
    await newest().end()
    await pass(0)
  }
  expect(processes).toHaveLength(13)
  expect(heard).toHaveLength(12)
})

test("after six starts that never became ready it gives up", async () => {
  const { supervisor, processes, pass, newest } = supervised()
  for (let n = 0; n < 5; n++) {
    await newest().end()
    await pass(3000)
  }
  expect(await now(supervisor.gaveUp)).toBe("waits")
  await newest().end()
  expect(await supervisor.gaveUp).toBe("The server could not be started 6 times.")
  await pass(60_000)
  expect(processes).toHaveLength(6)
})

test("a server that says why it cannot run is not started again", async () => {
  const { supervisor, processes, heard, pass, newest } = supervised()
  newest().hear({ type: "failed", say: "The port is taken." })
  expect(await supervisor.gaveUp).toBe("The port is taken.")
  await newest().end()
  await pass(60_000)
  expect(processes).toHaveLength(1)
  expect(heard).toEqual([])
})

test("stopping asks, waits for the end, and starts nothing again", async () => {
  const { supervisor, processes, pass, newest } = supervised()
  const stopped = supervisor.stop(10_000)
  await pass(9999)
  expect(await now(stopped)).toBe("waits")
  await newest().end(0)
  await stopped
  await pass(60_000)
  expect(processes.map(({ told }) => told)).toEqual([["stop"]])
})

test("a server that does not end in time is killed", async () => {
  const { supervisor, processes, pass } = supervised()
  const stopped = supervisor.stop(10_000)
  await pass(10_000)
  await stopped
  expect(processes.map(({ told }) => told)).toEqual([["stop", "kill"]])
})

test("a server that is killed while it is asked to stop ends the stopping, and nothing more", async () => {
  const { supervisor, processes, pass } = supervised()
  const stopped = supervisor.stop(10_000)
  supervisor.kill()
  await stopped
  await pass(60_000)
  expect(processes.map(({ told }) => told)).toEqual([["stop", "kill"]])
})

test("a server that falls by itself while stopping is not started again", async () => {
  const { supervisor, processes, pass, newest } = supervised()
  const stopped = supervisor.stop(10_000)
  await newest().end(139)
  await stopped
  await pass(60_000)
  expect(processes.map(({ told }) => told)).toEqual([["stop"]])
})

test("stopping in the pause before another start is over at once", async () => {
  const { supervisor, processes, pass, newest } = supervised()
  await newest().end()
  await pass(0)
  await newest().end()
  await supervisor.stop(10_000)
  await pass(60_000)
  expect(processes).toHaveLength(2)
})

test("a server that is ready and no longer answers is ended, and started again", async () => {
  const { processes, pass, newest, heard } = supervised()
  await pass(60_000)
  expect(newest().told).toEqual([])
  newest().hear(ready)
  await pass(5_000)
  await pass(5_000)
  newest().hear({ type: "alive" })
  for (let at = 0; at < 4; at++) await pass(5_000)
  expect(newest().told).not.toContain("kill")
  await pass(5_000)
  await pass(0)
  expect(processes[0]?.told).toEqual([...Array(6).fill("ping"), "kill"])
  expect(processes).toHaveLength(2)
  expect(heard).toEqual([ready])
})

test("a restart gives the next process its new input, and is no failed start", async () => {
  const { supervisor, processes, pass, newest } = supervised()
  for (let n = 1; n <= 8; n++) {
    const restarted = supervisor.restart(inputOf(`${n}`), 10_000)
    await newest().end(0)
    await restarted
    expect(newest().input).toEqual(inputOf(`${n}`))
  }
  expect(processes).toHaveLength(9)
  await newest().end()
  await pass(0)
  expect(newest().input).toEqual(inputOf("8"))
})
