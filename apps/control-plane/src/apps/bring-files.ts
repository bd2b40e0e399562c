import { packageFilePaths } from "../packages/index.ts"
import { appFolder, writeChanged } from "./checkout.ts"
import { memoryOf } from "./memory.ts"
import { observe } from "./observe.ts"
import type { AppsParts } from "./parts.ts"
import { type AppTurn, startApp } from "./run-app.ts"

/**
 * Gives a dev server that runs the files of another commit, which it sees by itself; what it made in its
 * folder stays. It starts anew with other packages, and where we do not know what its folder has.
 */
export async function bringFiles(
  parts: AppsParts,
  app: AppTurn,
  { commit }: { commit: string },
): Promise<void> {
  const { row, machine, turn } = app
  const memory = memoryOf(machine)
  const repository = parts.repositories.of(row.projectId)
  const before = memory.appFiles === row.commit ? row.commit : null
  const change = before !== null && {
    from: await repository.list(before),
    to: await repository.list(commit),
  }
  // A dev server reads them only as it starts, whichever it is.
  if (
    !change ||
    packageFilePaths.some((path) => shaOf(change.from, path) !== shaOf(change.to, path))
  ) {
    return startApp(parts, app, { commit, script: "dev", again: false })
  }
  memory.appFiles = undefined
  await writeChanged(machine.guest, repository, { ...change, folder: appFolder })
  memory.appFiles = commit
  await observe(parts, turn, { commit, doing: null })
}

const shaOf = (files: readonly { path: string; sha: string }[], wanted: string) =>
  files.find(({ path }) => path === wanted)?.sha
