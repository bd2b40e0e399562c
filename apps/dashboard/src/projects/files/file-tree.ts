import type { FileEntry } from "@vibecaas/contract/commits"

/** One line of the tree: a folder's name, or a file below it. */
export interface TreeLine {
  depth: number
  name: string
  /** the file; none for a folder */
  file: FileEntry | undefined
  path: string
}

/** Paths as lines of a tree: folders first, then files, each by name. */
export function treeLines(files: readonly FileEntry[]): TreeLine[] {
  return linesBelow(files, "", 0)
}

/** Without what lies below folders that are shut. */
export function folded(lines: readonly TreeLine[], shut: ReadonlySet<string>): TreeLine[] {
  return lines.filter(({ path }) => ![...shut].some((at) => path !== at && path.startsWith(at)))
}

function linesBelow(files: readonly FileEntry[], prefix: string, depth: number): TreeLine[] {
  const folders = new Map<string, FileEntry[]>()
  const here: TreeLine[] = []
  for (const file of files) {
    const rest = file.path.slice(prefix.length)
    const cut = rest.indexOf("/")
    if (cut === -1) here.push({ depth, name: rest, file, path: file.path })
    else {
      const folder = rest.slice(0, cut)
      folders.set(folder, [...(folders.get(folder) ?? []), file])
    }
  }
  const below = [...folders]
    .sort(([a], [b]) => a.localeCompare(b))
    .flatMap(([name, inside]) => {
      const path = `${prefix}${name}/`
      return [{ depth, name, file: undefined, path }, ...linesBelow(inside, path, depth + 1)]
    })
  return [...below, ...here.sort((a, b) => a.name.localeCompare(b.name))]
}
