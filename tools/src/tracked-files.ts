import { spawnSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { join } from "node:path"

/** Files that git knows or would take, as paths from the checkout's root. */
export function trackedFiles(root: string): string[] {
  const argv = [
    "-c",
    `safe.directory=${root}`,
    "ls-files",
    "-z",
    "--cached",
    "--others",
    "--exclude-standard",
  ]
  const listed = spawnSync("git", argv, { cwd: root, encoding: "utf8" })
  if (listed.status === 0) return listed.stdout.split("\0").filter(Boolean)
  // A mirror of the checkout has no git; it has the list of what was mirrored.
  return readFileSync(join(root, ".mirrored"), "utf8")
    .split("\0")
    .filter(Boolean)
    .map((record) => record.replace(/\/\/.*$/, ""))
}
