import { fault } from "./fault.ts"
import { systemPath } from "./programs.ts"
import { run } from "./spawn.ts"

/** A system account that programs are started under. */
export interface Account {
  uid: number
  gid: number
}

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

const env = { PATH: systemPath, LC_ALL: "C" }

async function lookUp(name: string): Promise<Account | undefined> {
  const { exitCode, stdout } = await run("getent", ["passwd", name], { env })
  if (exitCode !== 0) return undefined
  const [, , uid, gid] = stdout.toString().split(":")
  return { uid: Number(uid), gid: Number(gid) }
}
