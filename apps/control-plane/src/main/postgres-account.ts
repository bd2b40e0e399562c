import { fault } from "@vibecaas/kernel/fault"
import { type Account, type RunProgram, runAs } from "../db/cluster/run-as.ts"

const name = "vibecaas-db"

/**
 * The system account that PostgreSQL runs under when we are root; created the first time. It runs
 * nothing else: apps must never share a user id with the database.
 *
 * @throws Fault `unavailable` when it cannot be created
 */
export async function databaseAccount(run: RunProgram): Promise<Account> {
  const existing = await lookUp(run)
  if (existing) return existing
  const argv = ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
  const answer = await runAs(run, undefined, "useradd", [
    ...argv,
    "--shell",
    "/usr/sbin/nologin",
    name,
  ]).catch((error: unknown) => String(error))
  const created = await lookUp(run)
  if (created) return created
  throw fault("unavailable", {
    say: `PostgreSQL must not run as root, and the system user ${name} could not be created. Create it (useradd --system ${name}), or set DATABASE_URL.`,
    note: typeof answer === "string" ? answer : answer.stderr.toString(),
  })
}

async function lookUp(run: RunProgram): Promise<Account | undefined> {
  const answer = await runAs(run, undefined, "getent", ["passwd", name])
  const [, , uid, gid] = answer.stdout.toString().split(":")
  return answer.exitCode === 0 ? { uid: Number(uid), gid: Number(gid) } : undefined
}
