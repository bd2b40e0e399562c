"use client"
import { rowsCountedMax } from "@vibecaas/contract/app-data-limits"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { useDatabases } from "../apps/data/table-queries.ts"
import { Button } from "../ui/button.tsx"
import { Dialog } from "../ui/dialog.tsx"
import { count } from "../ui/format.ts"
import { hostOf } from "./preview-address.ts"

interface MakePublicProps {
  project: Project
  go(): void
  close(): void
}

/** Asks before strangers see an app and what is in it. */
export function MakePublic({ project, go, close }: MakePublicProps) {
  const records = useRecordWords(project)
  return (
    <Dialog
      open
      onClose={close}
      title={`Show ${project.name} to everybody?`}
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button kind="main" onClick={go}>
            Make public
          </Button>
        </>
      }
    >
      <p>
        Everybody who knows{" "}
        <span className="mono [overflow-wrap:anywhere]">{hostOf(project.previewUrl)}</span> sees the
        app with all its records{records}, and may change what the app lets strangers change.
      </p>
      <p>You can make it private again at any time.</p>
    </Dialog>
  )
}

/** How many records that are; nothing while it is not known, as of an app that rests. */
function useRecordWords({ id }: Project): string {
  const tables = useDatabases(id).data?.items.flatMap((database) => database.tables) ?? []
  // What an app keeps for itself is called so by most.
  const filled = tables.filter(({ name, rows }) => rows !== 0 && !name.startsWith("_"))
  if (filled.length === 0) return ""
  const rows = filled.reduce((sum, table) => sum + (table.rows ?? rowsCountedMax), 0)
  const more = filled.some((table) => table.rows === null) ? "more than " : ""
  return ` (${more}${count(rows, "row")} in ${count(filled.length, "table")})`
}
