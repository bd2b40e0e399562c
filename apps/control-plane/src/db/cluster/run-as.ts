import type { run, SpawnResult } from "@vibecaas/kernel/spawn"
import type { Account } from "@vibecaas/kernel/system-account"

export type { Account } from "@vibecaas/kernel/system-account"

/** The kernel's `run`, or a stand-in of the same shape. */
export type RunProgram = typeof run

/**
 * Runs a program as the account, or as ourselves when there is none; with an almost empty
 * environment and in a folder that every account may enter.
 */
export function runAs(
  { run, account }: { run: RunProgram; account: Account | undefined },
  file: string,
  argv: string[],
): Promise<SpawnResult> {
  const env = { LC_ALL: "C", PATH: "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin" }
  return run(file, argv, { env, cwd: "/", timeoutMs: 330_000, ...account })
}
