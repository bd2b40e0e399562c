import type { Version } from "@vibecaas/contract/version"
import {
  Copy,
  FileUp,
  GitBranch,
  Import,
  type LucideIcon,
  Pencil,
  RotateCcw,
  Sparkles,
  Undo2,
} from "lucide-react"

/** How a version came about, for people; a new kind does not compile without a word. */
export const versionLooks: Record<Version["kind"], { word: string; icon: LucideIcon }> = {
  run: { word: "Run", icon: Sparkles },
  edit: { word: "Edit", icon: Pencil },
  restore: { word: "Restored", icon: RotateCcw },
  undo: { word: "Undone", icon: Undo2 },
  upload: { word: "Uploaded", icon: FileUp },
  import: { word: "Imported", icon: Import },
  push: { word: "Pushed", icon: GitBranch },
  copy: { word: "Copied", icon: Copy },
}

/** What it is called in a sentence or a list, e.g. "Run 3: Add a rating". */
export function titleOf({ run, title }: Version): string {
  return run ? `Run ${run.number}: ${title}` : title
}
