import { fault } from "@vibecaas/kernel/fault"
import { run } from "@vibecaas/kernel/spawn"
import type { Account } from "../db/cluster/run-as.ts"

/**
 * The account of that name, created when it is not there yet. Only root can ask for one.
 *
 * @throws Fault `unavailable` when it can neither be found nor created
 */
export async function systemAccount(name: string): Promise<Account> {
  const found = await lookUp(name)
  if (found) return found
  const argv = ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
  const made = await run("useradd", [...argv, "--shell", "/usr/sbin/nologin", name], { env }).catch(
    String,
  )
  const created = await lookUp(name)
  if (created) return created
  throw fault("unavailable", {
    say: `The system user ${name} could not be created. Create it with: useradd --system ${name}`,
    note: typeof made === "string" ? made : made.stderr.toString(),
  })
}

const env = { PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", LC_ALL: "C" }

async function lookUp(name: string): Promise<Account | undefined> {
  const { exitCode, stdout } = await run("getent", ["passwd", name], { env })
  if (exitCode !== 0) return undefined
  const [, , uid, gid] = stdout.toString().split(":")
  return { uid: Number(uid), gid: Number(gid) }
}
