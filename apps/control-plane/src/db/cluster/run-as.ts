import type { run, SpawnResult } from "@vibecaas/kernel/spawn"

/** The kernel's `run`, or a stand-in of the same shape. */
export type RunProgram = typeof run

/** A system account that programs are started under. */
export interface Account {
  uid: number
  gid: number
}

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
