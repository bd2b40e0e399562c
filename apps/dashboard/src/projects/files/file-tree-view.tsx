"use client"
import { useQuery } from "@tanstack/react-query"
import type { FileEntry } from "@vibecaas/contract/commits"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { ChevronDown, ChevronRight, File, Search } from "lucide-react"
import Link from "next/link"
import { useMemo, useState } from "react"
import { read } from "../../api/read.ts"
import { useSession } from "../../shell/session.tsx"
import { Button } from "../../ui/button.tsx"
import { cn } from "../../ui/cn.ts"
import { inputLook } from "../../ui/field.tsx"
import { bytes, count } from "../../ui/format.ts"
import { Panel } from "../../ui/panel.tsx"
import { useSettled } from "../../ui/use-settled.ts"
import { folded, treeLines } from "./file-tree.ts"

/** lines of the tree before the rest has to be asked for */
const linesMax = 300

interface TreeProps {
  projectId: Project["id"]
  files: readonly FileEntry[]
  open: string | undefined
}

/** The project's files as a tree whose folders fold; found by path, or by what stands in them. */
export function FileTree({ projectId, files, open }: TreeProps) {
  const [text, setText] = useState("")
  const [all, setAll] = useState(false)
  const [shut, setShut] = useState<ReadonlySet<string>>(new Set())
  const wanted = text.trim().toLowerCase()
  const lines = useMemo(() => {
    const found = treeLines(files.filter(({ path }) => path.toLowerCase().includes(wanted)))
    return wanted === "" ? folded(found, shut) : found
  }, [files, wanted, shut])
  const fold = (path: string) =>
    setShut((before) =>
      before.has(path)
        ? new Set([...before].filter((at) => at !== path))
        : new Set([...before, path]),
    )
  const shown = all ? lines : lines.slice(0, linesMax)
  return (
    <Panel label="Files" footer={count(files.length, "file")}>
      <div className="relative border-b border-line p-2">
        <Search
          aria-hidden="true"
          className="pointer-events-none absolute top-1/2 left-4 size-3.5 -translate-y-1/2 text-fg-3"
        />
        <input
          type="search"
          aria-label="Filter files"
          placeholder="Find by path or text"
          value={text}
          onChange={(event) => setText(event.target.value)}
          className={cn(inputLook, "h-7 rounded-2 pl-7 text-13")}
        />
      </div>
      <ul className="max-h-[60vh] overflow-y-auto p-1 text-13 max-lg:max-h-72">
        {shown.map(({ depth, name, file, path }) => (
          <li key={path} style={{ paddingLeft: depth * 14 }}>
            {file ? (
              <FileLink {...{ projectId, file, name }} current={path === open} />
            ) : (
              <FolderButton name={name} open={!shut.has(path)} onClick={() => fold(path)} />
            )}
          </li>
        ))}
        {lines.length === 0 ? <li className="px-2 py-1 text-fg-3">No file matches.</li> : null}
      </ul>
      {shown.length < lines.length ? (
        <div className="border-t border-line p-2">
          <Button size="sm" onClick={() => setAll(true)}>
            Show all {lines.length} lines
          </Button>
        </div>
      ) : null}
      <FoundLines projectId={projectId} text={text.trim()} />
    </Panel>
  )
}

function FileLink(of: { projectId: string; file: FileEntry; name: string; current: boolean }) {
  const { projectId, file, name, current } = of
  const { paths } = useSession()
  return (
    <Link
      href={paths.file(projectId, file.path)}
      aria-current={current ? "page" : undefined}
      className={cn(
        "flex h-7 items-center gap-2 rounded-2 px-2 text-fg-2 outline-offset-[-2px] hover:bg-hover hover:text-fg",
        current && "bg-accent-soft font-medium text-fg hover:bg-accent-soft",
      )}
    >
      <File aria-hidden="true" className="size-3.5 flex-none" strokeWidth={1.75} />
      <span className="truncate">{name}</span>
      <span className="sr-only">, {bytes(file.size)}</span>
    </Link>
  )
}

function FolderButton({ name, open, onClick }: { name: string; open: boolean; onClick(): void }) {
  const Chevron = open ? ChevronDown : ChevronRight
  return (
    <button
      type="button"
      aria-expanded={open}
      onClick={onClick}
      className="flex h-7 w-full items-center gap-2 rounded-2 px-2 text-left text-fg-3 outline-offset-[-2px] hover:bg-hover hover:text-fg"
    >
      <Chevron aria-hidden="true" className="size-3.5 flex-none" strokeWidth={1.75} />
      <span className="truncate">{name}</span>
    </button>
  )
}

/** characters from which on contents are searched, too */
const searchedMin = 3

function FoundLines({ projectId, text }: { projectId: Project["id"]; text: string }) {
  const { paths } = useSession()
  const settled = useSettled(text, 300)
  const query = { text: settled }
  const { data } = useQuery({
    ...read("GET /projects/{projectId}/search", { params: { projectId }, query }),
    enabled: settled.length >= searchedMin,
  })
  if (settled.length < searchedMin || !data) return null
  return (
    <div className="border-t border-line p-1 text-12">
      <p className="px-2 py-1 text-fg-3">{count(data.lines.length, "line")} in files</p>
      <ul aria-label="Lines that match" className="max-h-72 overflow-y-auto">
        {data.lines.map((found) => (
          <li key={`${found.path}:${found.line}`}>
            <Link
              href={paths.file(projectId, found.path)}
              className="block rounded-2 px-2 py-1 outline-offset-[-2px] hover:bg-hover"
            >
              <span className="block truncate text-fg-3">
                {found.path}:{found.line}
              </span>
              <span className="mono block truncate">{found.text.trim()}</span>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  )
}
