import { describe, expect } from "vitest"
import { guestProcesses, patient, type Suite } from "./context.suite.ts"

/** A command of this process's own: where walls are weak, machines see those of others too. */
const sleepOf = (seconds: number) => `sleep ${seconds}.${process.pid}`

/** Commands in a machine. */
export function commandFacts({ fact, sharedGuest }: Suite): void {
  describe("commands", () => {
    const shared = sharedGuest()

    fact("output, complaints and the exit code come back", async () => {
      const guest = shared()
      const result = await guest.exec(["sh", "-c", "cat; echo no >&2; exit 3"], { stdin: "in" })
      expect([String(result.stdout), String(result.stderr)]).toEqual(["in", "no\n"])
      expect(result).toMatchObject({ exitCode: 3, signal: null, timedOut: false })
    })

    fact("output streams while the command runs", async () => {
      const guest = shared()
      const seen = Promise.withResolvers<string>()
      const running = guest.exec(["sh", "-c", "echo early; read -r line; echo $line"], {
        onOutput: (_stream, chunk) => seen.resolve(String(chunk)),
        timeoutMs: 10_000,
        stdin: "late\n",
      })
      expect(await seen.promise).toContain("early")
      expect(String((await running).stdout)).toBe("early\nlate\n")
    })

    fact("a command that runs too long is killed with all it started", async () => {
      const guest = shared()
      const sleep = sleepOf(4321)
      const argv = ["sh", "-c", `sh -c '${sleep}' & setsid ${sleep} & ${sleep}`]
      const result = await guest.exec(argv, { timeoutMs: 300 })
      expect(result).toMatchObject({ timedOut: true, exitCode: null })
      expect(await guestProcesses(guest)).not.toContain(sleep)
    })

    fact("an abandoned command is killed", async () => {
      const guest = shared()
      const controller = new AbortController()
      const { signal } = controller
      const sleep = sleepOf(4322)
      const running = guest.exec(["sh", "-c", `echo up; ${sleep}`], {
        signal,
        onOutput: () => controller.abort(new Error("enough")),
      })
      await expect(running).rejects.toThrow("enough")
      await expect.poll(() => guestProcesses(guest), patient).not.toContain(sleep)
    })

    fact("output beyond the limit is dropped, and said so", async () => {
      const guest = shared()
      const result = await guest.exec(["sh", "-c", "yes | head -c 50000000"], {
        maxOutputBytes: 10_000,
      })
      expect(result).toMatchObject({ exitCode: 0, truncated: true })
      expect(result.stdout.length).toBe(10_000)
    })

    fact("a program that does not exist is a fault", async () => {
      const guest = shared()
      await expect(guest.exec(["/no/such"])).rejects.toMatchObject({ code: "spawn_failed" })
    })

    fact("commands run in the workspace, not as root, with node on the path", async () => {
      const guest = shared()
      const { stdout } = await guest.exec(["sh", "-c", "pwd; echo $WORKSPACE_DIR; id -u; node -v"])
      const [pwd, workspace, uid, node] = String(stdout).split("\n")
      expect(pwd).toBe(workspace)
      expect(uid).not.toBe("0")
      expect(node).toBe(process.version)
    })
  })
}
