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
      expect(await ask(socket, "GET", "/")).toMatchObject({ id: "vm1", state: "Not started" })
      expect(await ask(socket, "PUT", "/actions", { action_type: "InstanceStart" })).toMatchObject({
        fault_message: expect.stringContaining("kernel"),
      })
    } finally {
      vmm?.kill("SIGKILL")
      printed([program, "down", world.dir], bed)
    }
  },
)

/** One call of the API, tried again until the socket is there. */
async function ask(socketPath: string, method: string, path: string, body?: object) {
  for (let tries = 1; ; tries++) {
    try {
      return await call({ socketPath, method, path }, body)
    } catch (error) {
      if (tries >= 300) throw error
      await sleep(100)
    }
  }
}

function call(to: { socketPath: string; method: string; path: string }, body?: object) {
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
