import type { WireName } from "@vibecaas/registry/wire"
import { failed, type InstallTask, installFolder } from "./ecosystem.ts"

const minutes = 60_000
const timeoutMs = 10 * minutes
const allowance = { requests: 20_000, bytes: 1024 * 1024 * 1024 }
const outputBytesMax = 512 * 1024

export interface Installer {
  wire: WireName
  /** the program in words, for what went wrong */
  name: string
  /** @param port where the registry is, on 127.0.0.1 */
  argv(port: number): string[]
  env?(port: number): Record<string, string>
  /** what a failed run says that people should read, a line each */
  complaints(stderr: string): string[]
}

/**
 * Runs an installer in a task's machine; only while it runs is there a way to the registry, and only
 * to that. Answers what it printed.
 *
 * @throws Fault `packages_failed` with what our registry refused, which says more, then its own words;
 * retryable when the public registry was away
 */
export async function runInstaller(
  { guest, registry, signal, print }: InstallTask,
  installer: Installer,
): Promise<string> {
  const visit = registry.visit(installer.wire, allowance)
  const door = await guest.openDoor((connection) => visit.connect(connection))
  try {
    const result = await guest.exec(installer.argv(door.port), {
      cwd: installFolder,
      ...{ timeoutMs, signal, maxOutputBytes: outputBytesMax },
      ...(installer.env ? { env: installer.env(door.port) } : {}),
      onOutput: (_stream, chunk) => print(chunk.toString("utf8")),
    })
    if (result.exitCode === 0) return result.stdout.toString("utf8")
    if (result.timedOut) {
      throw failed(`${installer.name} was stopped after ${timeoutMs / minutes} minutes.`)
    }
    const words = installer.complaints(result.stderr.toString("utf8"))
    const say = [...new Set(visit.refused), ...words].join("\n").slice(0, 1500)
    if (say === "") throw failed(`${installer.name} could not install the packages.`)
    throw failed(say, { retryable: visit.passing() })
  } finally {
    door.close()
    visit.close()
  }
}
