import { mkdir, realpath } from "node:fs/promises"
import { dirname } from "node:path"
import { type AgentConfig, Refusal } from "./config.ts"

export interface Paths {
  /** The real path of one inside /workspace, /data or /tmp, by its text alone. */
  real(path: string): string
  /** As `real`, and sure that no symbolic link above the last part leads out of the root. */
  inside(path: string, options?: { makeParents?: boolean }): Promise<string>
}

/** Callers write /workspace, /data and /tmp on every machine; this maps and confines them. */
export function makePaths(roots: AgentConfig["roots"]): Paths {
  const real = (path: string) => {
    const [, rootName, ...parts] = path.split("/")
    const root = Object.entries(roots).find(([name]) => name === rootName)?.[1]
    const wrong = parts.some((part, at) => !partIsPlain(part, at === parts.length - 1))
    if (!path.startsWith("/") || root === undefined || wrong) {
      throw new Refusal("outside", `${path} is not a path inside /workspace, /data or /tmp`)
    }
    return [root, ...parts.filter((part) => part !== "")].join("/")
  }
  return {
    real,
    async inside(path, { makeParents = false } = {}) {
      const target = real(path)
      const root = await realpath(real(`/${path.split("/")[1]}`))
      if (target === real(`/${path.split("/")[1]}`)) return root
      const parent = await deepestReal(dirname(target))
      if (parent !== root && !parent.startsWith(`${root}/`)) {
        throw new Refusal("outside", `${path} leads out of its root by a link`)
      }
      if (makeParents) await mkdir(dirname(target), { recursive: true })
      return target
    },
  }
}

const partIsPlain = (part: string, last: boolean) =>
  part !== "." && part !== ".." && !part.includes("\0") && (part !== "" || last)

/** Where the nearest existing ancestor of `path`, or itself, really lies. */
async function deepestReal(path: string): Promise<string> {
  try {
    return await realpath(path)
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error
    return deepestReal(dirname(path))
  }
}
