import { isFault } from "@vibecaas/kernel/fault"
import { checkFilePath } from "../../projects/index.ts"

/** where agents find what people gave */
export const attachmentsFolder = "attachments"
const nameCharsMax = 80

/**
 * A path for a file of this name that none of `taken` is, whatever the case of its letters. What a
 * path cannot hold is replaced.
 */
export function pathOf(name: string, taken: ReadonlySet<string>): string {
  const last = name.split(/[\\/]/).at(-1) ?? ""
  const plain = last
    .normalize("NFC")
    .replaceAll(/[^\p{L}\p{N}._ -]/gu, "-")
    .replaceAll(/^[. ]+|[. ]+$/g, "")
  const dot = plain.lastIndexOf(".")
  const ending = dot > 0 && plain.length - dot <= 12 ? plain.slice(dot) : ""
  const stem = [...(ending ? plain.slice(0, dot) : plain)].slice(0, nameCharsMax).join("").trimEnd()
  for (let number = 1; ; number++) {
    const tried = `${attachmentsFolder}/${usable(stem, ending)}${number > 1 ? `-${number}` : ""}${ending}`
    if (!taken.has(tried.toLowerCase())) return tried
  }
}

/** The stem, or a plain word where the path would be refused. */
function usable(stem: string, ending: string): string {
  try {
    checkFilePath(`${attachmentsFolder}/${stem}${ending}`)
    return stem
  } catch (error) {
    if (isFault(error, "path_refused")) return "file"
    throw error
  }
}
