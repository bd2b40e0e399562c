import { once } from "node:events"
import { chmod, writeFile } from "node:fs/promises"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { describe, expect } from "vitest"
import { guestProcesses, patient, type Suite } from "./context.suite.ts"

/** What a machine must not reach. */
export function wallFacts({ boot, fact, world }: Suite): void {
  describe("walls", () => {
    fact("no network is reached, neither the host's localhost nor a metadata service", async () => {
      const server = createServer((_request, response) => response.end("host"))
      await once(server.listen(0, "127.0.0.1"), "listening")
      const { port } = server.address() as AddressInfo
      const { guest } = await boot()
      const attempt = async (host: string, to: number) =>
        String((await guest.exec(["node", "-e", connectProgram, host, String(to)])).stdout)
      expect(await attempt("127.0.0.1", port)).not.toContain("connected")
      expect(await attempt("169.254.169.254", 80)).not.toContain("connected")
      server.close()
    })

    fact("a file of the host cannot be read", async () => {
      const secret = `${world().outside}/secret.txt`
      await writeFile(secret, "the secret")
      await chmod(secret, 0o644)
      const { guest } = await boot()
      const { stdout } = await guest.exec([
        "sh",
        "-c",
        `cat ${secret} /proc/1/root${secret} /proc/*/root${secret} /proc/*/cwd/..${secret}`,
      ])
      expect(String(stdout)).not.toContain("the secret")
    })

    fact("other machines' processes are out of sight", async () => {
      const { guest } = await boot()
      const { guest: other } = await boot()
      void guest.exec(["sleep", "7654"]).catch(() => "ends with the suite")
      await expect.poll(() => guestProcesses(guest), patient).toContain("7654")
      expect(await guestProcesses(other)).not.toContain("7654")
    })

    fact("system calls that break out of sandboxes are refused", async () => {
      const { guest } = await boot()
      const { stdout } = await guest.exec(["grep", "^Seccomp:", "/proc/self/status"])
      expect(String(stdout).trim()).toBe("Seccomp:\t2")
      const entered = await guest.exec(["unshare", "--net", "true"])
      expect(entered.exitCode).not.toBe(0)
    })

    fact("another machine's data cannot be read", async () => {
      const { guest, order } = await boot()
      const { guest: other } = await boot()
      await guest.writeFiles([{ path: "/data/private", content: Buffer.from("mine") }])
      const { stdout } = await other.exec(["sh", "-c", `cat ${world().dataPath(order.id)}/private`])
      expect(String(stdout)).toBe("")
    })

    fact("no right can be gained and the system cannot be written to", async () => {
      const { guest } = await boot()
      const { stdout } = await guest.exec(["sh", "-c", "cat /proc/self/status; touch /usr/x /x"])
      expect(String(stdout)).toMatch(/^CapEff:\s+0+$/m)
      expect(String(stdout)).toMatch(/^NoNewPrivs:\s+1$/m)
      const { exitCode } = await guest.exec(["sh", "-c", "touch /usr/x || touch /x"])
      expect(exitCode).not.toBe(0)
    })

    fact("the environment holds nothing of the platform's", async () => {
      process.env.SUITE_SECRET = "in the environment"
      const { guest } = await boot()
      const { stdout } = await guest.exec(["sh", "-c", "env; cat /proc/1/environ"])
      expect(String(stdout)).not.toContain("in the environment")
    })
  })
}

const connectProgram = `
const [host, port] = process.argv.slice(1)
const socket = require("node:net").connect({ host, port: Number(port), timeout: 1500 })
socket.on("connect", () => { console.log("connected"); process.exit(0) })
socket.on("error", (error) => { console.log(error.code); process.exit(0) })
socket.on("timeout", () => { console.log("timeout"); process.exit(0) })
`
