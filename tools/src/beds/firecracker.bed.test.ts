import { type ChildProcess, spawn } from "node:child_process"
import { request } from "node:http"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { expect } from "vitest"
import { bedTest, printed } from "../bed-test.ts"

bedTest(
  "firecracker",
  "the real Firecracker answers on its socket, and refuses as itself",
  async (world) => {
    const program = join(world.bed, "firecracker-bed")
    const bed = { FIRECRACKER_BED_CACHE: world.cache }
    const socket = join(world.dir, "l1/vm1.sock")
    let vmm: ChildProcess | undefined
    try {
      printed([program, "up", world.dir], bed)
      const argv = ["--api-sock", socket, "--id", "vm1"]
      vmm = spawn(join(world.dir, "bin/firecracker"), argv, { stdio: "ignore" })
      const get = { socketPath: socket, method: "GET", path: "/" }
      expect(await ask(get)).toMatchObject({ id: "vm1", state: "Not started" })
      const start = { ...get, method: "PUT", path: "/actions" }
      expect(await ask(start, { action_type: "InstanceStart" })).toMatchObject({
        fault_message: expect.stringContaining("kernel"),
      })
    } finally {
      vmm?.kill("SIGKILL")
      printed([program, "down", world.dir], bed)
    }
  },
)

interface Call {
  socketPath: string
  method: string
  path: string
}

/** One call of the API, tried again until the socket is there. */
async function ask(to: Call, body?: object) {
  for (let tries = 1; ; tries++) {
    try {
      return await call(to, body)
    } catch (error) {
      if (tries >= 300) throw error
      await sleep(100)
    }
  }
}

function call(to: Call, body?: object) {
  return new Promise<unknown>((resolve, reject) => {
    const headers = body ? { "content-type": "application/json" } : {}
    const sent = request({ ...to, headers, agent: false }, async (answer) => {
      let text = ""
      for await (const chunk of answer) text += chunk
      resolve(JSON.parse(text))
    })
    sent.once("error", reject)
    sent.end(body && JSON.stringify(body))
  })
}
