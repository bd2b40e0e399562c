"use client"
import type { AppDatabase } from "@vibecaas/contract/app-data"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { Database } from "lucide-react"
import dynamic from "next/dynamic"
import { useInAddress } from "../../shell/use-in-address.ts"
import { Button } from "../../ui/button.tsx"
import { buttonLook } from "../../ui/button-look.ts"
import { EmptyState } from "../../ui/empty-state.tsx"
import { bytes } from "../../ui/format.ts"
import { Note } from "../../ui/note.tsx"
import { Panel } from "../../ui/panel.tsx"
import { ReadBody } from "../../ui/read-body.tsx"
import { Select } from "../../ui/select.tsx"
import { SkeletonRows } from "../../ui/skeleton.tsx"
import { useAsked } from "../../ui/use-asked.ts"
import { RowsTable } from "./rows-table.tsx"
import { exportOf, useDatabases } from "./table-queries.ts"

const ImportRowsDialog = dynamic(
  () => import("./import-rows-dialog.tsx").then((all) => all.ImportRowsDialog),
  { ssr: false },
)
const ReplaceDialog = dynamic(
  () => import("./replace-dialog.tsx").then((all) => all.ReplaceDialog),
  { ssr: false },
)

interface TablesPanelProps {
  project: Project
  off: string | undefined
}

/** The tables of the app's databases. */
export function TablesPanel({ project, off }: TablesPanelProps) {
  const databases = useDatabases(project.id)
  return (
    <ReadBody
      of={databases}
      failed="The databases could not be read"
      skeleton={
        <Panel label="Tables">
          <SkeletonRows what="tables" widths={["w-32", "w-24", "w-28"]} className="h-11" />
        </Panel>
      }
    >
      {({ items }) =>
        items.length === 0 ? (
          <Panel title="Tables">
            <EmptyState icon={Database} title="No SQLite database">
              The app keeps none in <span className="mono">/data</span> yet. A backup has whatever
              else is there.
            </EmptyState>
          </Panel>
        ) : (
          <Tables project={project} off={off} databases={items} />
        )
      }
    </ReadBody>
  )
}

/** A table's name may hold anything, so both names are kept as JSON. */
const nameOf = (database: string, table: string) => JSON.stringify([database, table])

function Tables({ project, off, databases }: TablesPanelProps & { databases: AppDatabase[] }) {
  const all = databases.flatMap((database) =>
    database.tables.map((table) => ({ name: nameOf(database.path, table.name), database, table })),
  )
  // What an app keeps for itself is called so by most: people look for their own rows first.
  const first = all.find(({ table }) => !table.name.startsWith("_")) ?? all[0]
  const [chosen, choose] = useInAddress("table", first?.name)
  const { about, open, ask, close } = useAsked<"rows" | "file">()
  const shown = all.find(({ name }) => name === chosen) ?? first
  const database = shown?.database ?? databases[0]
  const one = databases.length === 1
  const options = all.map(({ name, database: { path }, table }) => ({
    value: name,
    label: one ? table.name : `${path}: ${table.name}`,
  }))
  const of = shown && {
    ...{ projectId: project.id, database: shown.database.path, table: shown.table.name },
  }
  return (
    <Panel
      title="Tables"
      end={
        <>
          {shown ? (
            <Select label="Table" value={shown.name} options={options} onChange={choose} />
          ) : null}
          {of ? (
            <>
              <a className={buttonLook({ size: "sm" })} download href={exportOf(of, "csv")}>
                CSV
              </a>
              <a className={buttonLook({ size: "sm" })} download href={exportOf(of, "json")}>
                JSON
              </a>
              <Button size="sm" off={off} onClick={() => ask("rows")}>
                Import rows
              </Button>
            </>
          ) : null}
        </>
      }
      footer={
        database ? (
          <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
            <span className="[overflow-wrap:anywhere]">
              <span className="mono">/data/{database.path}</span>, {bytes(database.bytes)}
            </span>
            <a
              className={buttonLook({ size: "sm" })}
              download
              href={`/api/v1/projects/${project.id}/databases/file?${new URLSearchParams({ database: database.path })}`}
            >
              Download database
            </a>
            <Button size="sm" off={off} onClick={() => ask("file")}>
              Replace database
            </Button>
          </div>
        ) : null
      }
    >
      {databases.map(({ path, failure }) =>
        failure === null ? null : (
          <Note key={path} tone="warn" title={`${path} cannot be read.`}>
            {failure}
          </Note>
        ),
      )}
      {of ? (
        <RowsTable key={shown.name} of={of} />
      ) : (
        <EmptyState icon={Database} title="No table yet">
          The database has no table.
        </EmptyState>
      )}
      {of && about === "rows" ? (
        <ImportRowsDialog of={of} columns={shown.table.columns} open={open} onClose={close} />
      ) : null}
      {database && about === "file" ? (
        <ReplaceDialog
          projectId={project.id}
          database={database.path}
          open={open}
          onClose={close}
        />
      ) : null}
    </Panel>
  )
}
