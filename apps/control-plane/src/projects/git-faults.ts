import { type Fault, fault } from "@vibecaas/kernel/fault"
import type { SpawnResult } from "@vibecaas/kernel/spawn"

/**
 * What a git command that failed means for people; git's own words stay in the note. What is not
 * known here is our bug. The words are git 2.39's without translation.
 *
 * @param command git's subcommand, e.g. `fast-import`
 */
export function gitFailure(command: string, result: SpawnResult): Error {
  const note = result.stderr.toString().slice(0, 2000)
  if (/no space left on device|disk quota exceeded|out of diskspace/i.test(note))
    return diskFull(note)
  if (/Not updating refs|cannot lock ref/.test(note)) return movedOn(note)
  if (unknownVersion.test(note)) return noSuchVersion()
  if (unusablePattern.test(note)) return badPattern(note)
  if (result.timedOut) return tooSlow(command)
  return new Error(`git ${command} ended with ${result.exitCode ?? result.signal}: ${note}`)
}

/** As ls-tree, diff-tree, grep and all of them say it; the last one where nothing was written yet. */
const unknownVersion = /not a tree object|bad object|unable to parse object|not a git repository/

/** As grep says it of a pattern that is wrong, too large, or goes back and forth for too long. */
const unusablePattern = /^fatal: (-e option|pcre2_|cannot use Perl-compatible)/m

function badPattern(note: string): Fault {
  const why = /: ([^:\n]+)$/m.exec(note.trim())?.[1] ?? "it is not understood"
  return fault("invalid", { say: `The pattern cannot be used: ${why}.`, note })
}

/** The branch is not where the writer believed it to be. */
export function movedOn(note: string): Fault {
  return fault("conflict", {
    say: "The project's files were changed at the same time. Nothing was written. Read them again and retry.",
    note,
    retryable: true,
  })
}

/** A commit that this repository does not have. */
export function noSuchVersion(): Fault {
  return fault("not_found", { say: "There is no such version." })
}

function tooSlow(command: string): Fault {
  return fault("unavailable", {
    say: "The project's files took too long to answer. Nothing was changed. Try again.",
    note: `git ${command} was stopped`,
    retryable: true,
  })
}

function diskFull(note: string): Fault {
  return fault("disk_full", {
    say: "The server's disk is full. Nothing was changed. Free some space and try again.",
    note,
    retryable: true,
  })
}
