import { chown } from "node:fs/promises"
import { userInfo } from "node:os"
import { fault } from "@vibecaas/kernel/fault"
import { systemPath } from "@vibecaas/kernel/programs"
import { run, type SpawnResult } from "@vibecaas/kernel/spawn"
import { makeDirectory } from "@vibecaas/kernel/stage-node"
import { systemAccount } from "@vibecaas/kernel/system-account"
import { startedByRoot } from "../root.ts"

/** Whom the stores' databases run as: a user of their own, or ourselves when we are not root. */
export interface ServerAccount {
  name: string
  uid?: number
  gid?: number
}

const accountName = "vibecaas-stores"

export async function serverAccount(): Promise<ServerAccount> {
  if (!startedByRoot()) return { name: userInfo().username }
  return { name: accountName, ...(await systemAccount(accountName)) }
}

const user = ({ uid, gid }: ServerAccount) =>
  uid === undefined || gid === undefined ? {} : { uid, gid }

/** Runs a program of a database as its user, to its end. */
export function runAs(
  account: ServerAccount,
  [file = "", ...argv]: readonly string[],
  options: { stdin?: string; timeoutMs?: number } = {},
): Promise<SpawnResult> {
  const env = { PATH: systemPath, LC_ALL: "C.UTF-8" }
  const { stdin, timeoutMs = 60_000 } = options
  return run(file, argv, {
    ...{ env, cwd: "/", timeoutMs },
    ...(stdin === undefined ? {} : { stdin }),
    ...user(account),
  })
}

/** @throws Fault `unavailable` with what the program said */
export async function demand(result: Promise<SpawnResult>, what: string): Promise<string> {
  const { exitCode, stdout, stderr } = await result
  if (exitCode === 0) return stdout.toString("utf8")
  const said = `${stderr}\n${stdout}`.trim().slice(-2000)
  throw fault(/No space left on device/.test(said) ? "disk_full" : "unavailable", {
    say: `The database server of stores could not ${what}.`,
    note: said,
    retryable: true,
  })
}

export async function makeServerFolder(
  account: ServerAccount,
  path: string,
  mode: number,
): Promise<void> {
  await makeDirectory(path, mode)
  if (account.uid !== undefined && account.gid !== undefined) {
    await chown(path, account.uid, account.gid)
  }
}
