import type { Git } from "./git.ts"

/** Objects that each have a file of their own before they are worth packing. */
const looseMax = 300
const timeoutMs = 120_000

/**
 * Packs a repository whose objects became many files. What no branch leads to is kept: releases and
 * runs name commits by their ids.
 */
export async function pack(git: Git, directory: string): Promise<void> {
  const { stdout } = await git(directory, ["count-objects"])
  if (Number.parseInt(stdout.toString(), 10) < looseMax) return
  const argv = ["repack", "-a", "-d", "-q", "--keep-unreachable"]
  await git(directory, argv, { timeoutMs })
}
