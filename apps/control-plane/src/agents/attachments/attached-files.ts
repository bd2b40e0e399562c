import type { LanguageModelV4FilePart, LanguageModelV4TextPart } from "@ai-sdk/provider"
import { fault } from "@vibecaas/kernel/fault"
import type { ProjectFiles } from "../work/project-files.ts"
import { type Given, isShown } from "./attachment.ts"
import { attachmentsFolder } from "./path-of.ts"

/** What people gave, as agents may read it. */
export interface Attached {
  list(): Promise<{ path: string; size: number }[]>
  /** undefined when nobody gave anything of this path */
  read(path: string): Promise<Buffer | undefined>
}

const isBelow = (path: string) => path.startsWith(`${attachmentsFolder}/`)

/** A project's files with what people gave among them, which can be read and not be changed. */
export function withAttached(files: ProjectFiles, attached: Attached): ProjectFiles {
  const find = async (path: string) => (isBelow(path) ? attached.read(path) : undefined)
  return {
    ...files,
    async read(path, bytesMax) {
      const content = await find(path)
      return content ? { content, truncated: false } : files.read(path, bytesMax)
    },
    change: (mark, changesAt) =>
      files.change(mark, async (commit) => {
        const changes = await changesAt(commit)
        for (const { path } of changes) if (await find(path)) throw readOnly(path)
        return changes
      }),
  }
}

const readOnly = (path: string) =>
  fault("path_refused", {
    say: `${path} is a file that somebody gave: it cannot be changed. Copy it into the app with copy_attachment.`,
  })

export type Shown = LanguageModelV4TextPart | LanguageModelV4FilePart

/** Images among these as a model is shown them, each behind its path; what is not kept any more is left out. */
export async function shownOf(
  given: readonly Given[],
  read: (sha256: string) => Promise<Buffer | undefined>,
): Promise<Shown[]> {
  const parts: Shown[] = []
  for (const { path, mediaType, sha256 } of given.filter(isShown)) {
    const content = await read(sha256)
    if (!content) continue
    const data = { type: "data" as const, data: content.toString("base64") }
    parts.push({ type: "text", text: `${path}:` }, { type: "file", data, mediaType })
  }
  return parts
}
