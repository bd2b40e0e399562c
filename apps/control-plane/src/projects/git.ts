import { run, type SpawnResult } from "@vibecaas/kernel/spawn"
import { gitFailure } from "./git-faults.ts"

export interface GitOptions {
  stdin?: string | Uint8Array
  /** output beyond it is cut off */
  maxOutputBytes?: number
  /** 30 s unless given */
  timeoutMs?: number
  /** exit codes that are answers, not failures; 0 always is */
  answers?: readonly number[]
  signal?: AbortSignal
}

/**
 * Runs one git plumbing command on one bare repository.
 *
 * @throws Fault as in `git-faults.ts`
 */
export type Git = (repository: string, argv: string[], options?: GitOptions) => Promise<SpawnResult>

/**
 * git with an environment of its own: no system or user configuration, no protocol, no prompt, no
 * hook. The repository is always named, so a `.git` around the server is never found.
 */
export function makeGit(gitPath: string): Git {
  return async (repository, argv, options = {}) => {
    const result = await run(gitPath, [`--git-dir=${repository}`, ...argv], {
      cwd: "/",
      env: gitEnvironment,
      timeoutMs: options.timeoutMs ?? 30_000,
      ...(options.stdin === undefined ? {} : { stdin: options.stdin }),
      ...(options.maxOutputBytes === undefined ? {} : { maxOutputBytes: options.maxOutputBytes }),
      ...(options.signal ? { signal: options.signal } : {}),
    })
    if (result.exitCode !== 0 && !options.answers?.includes(result.exitCode ?? -1)) {
      throw gitFailure(argv[0] ?? "", result)
    }
    return result
  }
}

const gitEnvironment = {
  PATH: "/usr/local/bin:/usr/bin:/bin",
  HOME: "/nonexistent",
  LC_ALL: "C.UTF-8",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_ALLOW_PROTOCOL: "",
  GIT_TERMINAL_PROMPT: "0",
  GIT_OPTIONAL_LOCKS: "0",
}
