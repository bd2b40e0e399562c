import { type Fault, fault } from "@vibecaas/kernel/fault"
import { checkFilePath } from "./file-path.ts"
import type { FileChange } from "./repository.ts"

/** how many bytes a file of a project may have */
export const fileBytesMax = 1_048_576
const commitBytesMax = 20 * 1_048_576

/**
 * Checks what a commit would write: every path, the size of each file and of all together.
 *
 * @throws Fault `path_refused`, `too_large`
 */
export function checkChanges(changes: readonly FileChange[]): void {
  let total = 0
  for (const { path, content } of changes) {
    checkFilePath(path)
    const size = content?.length ?? 0
    total += size
    if (size > fileBytesMax)
      throw tooLarge(`${path} has ${size} bytes; a file may have ${fileBytesMax}.`)
  }
  if (total > commitBytesMax) {
    throw tooLarge(`The changes have ${total} bytes; one commit may have ${commitBytesMax}.`)
  }
}

function tooLarge(say: string): Fault {
  return fault("too_large", { say })
}
