import { spawn } from "node:child_process"
import { once } from "node:events"
import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { systemClock } from "@vibecaas/kernel/clock"
import { chartsDir } from "../charts.suite.ts"
import type { ClusterWorld } from "./cluster-world.ts"

/** An upgrade that waits for ever, and is killed as soon as its revision is noted. */
export async function killHelmIn({ bed, options }: ClusterWorld, namespace: string): Promise<void> {
  const at = ["--namespace", namespace]
  const argv = ["upgrade", "store", join(chartsDir, "store-simulator"), ...at, "--reuse-values"]
  const env = { KUBECONFIG: bed.kubeconfig, HOME: bed.dir, PATH: process.env.PATH ?? "" }
  const waits = ["--set", "image=bed.local/never:1", "--wait", "--timeout", "5m"]
  const child = spawn(options.helmPath, [...argv, ...waits], { env, stdio: "ignore" })
  const ended = once(child, "exit")
  for (let round = 0; round < 200; round++) {
    const secrets = await bed.printed([
      ...["kubectl", "get", "secrets", ...at, "--selector", "owner=helm,status=pending-upgrade"],
      ...["--output", "name"],
    ])
    if (secrets !== "") break
    await systemClock.sleep(50)
  }
  child.kill("SIGKILL")
  await ended
}

/** A file of connections of a service account, which ends after an hour. */
export async function kubeconfigOf(
  { bed }: ClusterWorld,
  { space, name }: { space: string; name: string },
): Promise<string> {
  const kubectl = (...argv: string[]) => bed.printed(["kubectl", ...argv])
  const token = await kubectl("create", "token", name, "--namespace", space)
  const config = JSON.parse(await kubectl("config", "view", "--raw", "--output", "json"))
  config.users = [{ name: config.contexts[0].context.user, user: { token: token.trim() } }]
  const path = join(bed.dir, `${name}.json`)
  await writeFile(path, JSON.stringify(config), { mode: 0o600 })
  return path
}
