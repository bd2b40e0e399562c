"use client"
import { useMutation } from "@tanstack/react-query"
import type { DataColumn, ImportedRows, TableFormat } from "@vibecaas/contract/app-data"
import { useState } from "react"
import { problemOf } from "../../api/problem.ts"
import { Refusal } from "../../form/refusal.tsx"
import { Button } from "../../ui/button.tsx"
import { Checkbox } from "../../ui/checkbox.tsx"
import { Dialog, DialogButtons } from "../../ui/dialog.tsx"
import { Field } from "../../ui/field.tsx"
import { count } from "../../ui/format.ts"
import { importRows, type TableOf } from "./table-queries.ts"

interface ImportRowsProps {
  of: TableOf
  columns: readonly DataColumn[]
  open: boolean
  onClose(): void
}

/** Brings rows in, once it was seen what of them fits. */
export function ImportRowsDialog({ open, ...props }: ImportRowsProps) {
  return (
    <Dialog open={open} onClose={props.onClose} title={`Import rows into ${props.of.table}`} wide>
      {open ? <ImportRows {...props} /> : null}
    </Dialog>
  )
}

const formatOf = (name: string): TableFormat => (/\.json$/i.test(name) ? "json" : "csv")

function ImportRows({ of, columns, onClose }: Omit<ImportRowsProps, "open">) {
  const [file, setFile] = useState<File>()
  const [replace, setReplace] = useState(false)
  const [found, setFound] = useState<ImportedRows>()
  const bring = useMutation(importRows)
  const send = (dryRun: boolean) => {
    if (!file) throw new Error("a file is chosen before it is sent")
    const { projectId, ...table } = of
    const query = {
      ...{ ...table, format: formatOf(file.name) },
      ...(dryRun ? { dryRun: "true" as const } : {}),
      ...(replace ? { replace: "true" as const } : {}),
    }
    return bring.mutateAsync({ params: { projectId }, query, bytes: file })
  }
  const look = () => send(true).then(setFound, () => {})
  const write = () =>
    send(false).then(
      (done) => (done.errors.length === 0 ? onClose() : setFound(done)),
      () => {},
    )
  const fits = found !== undefined && found.errors.length === 0
  return (
    <>
      <Refusal problem={bring.error ? problemOf(bring.error) : undefined} />
      <p>
        A CSV file whose first line names columns, or a JSON list of objects. The table has{" "}
        <span className="mono">{columns.map(({ name }) => name).join(", ")}</span>.
      </p>
      <Field label="File">
        {(control) => (
          <input
            {...control}
            type="file"
            accept=".csv,.json,text/csv,application/json"
            className="text-13"
            onChange={({ target }) => {
              setFile(target.files?.[0])
              setFound(undefined)
              bring.reset()
            }}
          />
        )}
      </Field>
      <Checkbox
        label="Delete the rows that are there first"
        checked={replace}
        onChange={(now) => {
          setReplace(now)
          setFound(undefined)
        }}
      />
      {found ? <Found of={found} /> : null}
      <DialogButtons onCancel={onClose}>
        {fits ? (
          <Button kind="main" busy={bring.isPending ? "Importing" : undefined} onClick={write}>
            Import {count(found.rows, "row")}
          </Button>
        ) : (
          <Button
            kind="main"
            off={file ? undefined : "Choose a file first."}
            busy={bring.isPending ? "Trying" : undefined}
            onClick={look}
          >
            Try without writing
          </Button>
        )}
      </DialogButtons>
    </>
  )
}

function Found({ of: { rows, errors } }: { of: ImportedRows }) {
  if (errors.length === 0) {
    return (
      <p role="status">
        {rows === 1 ? "The row fits." : `All ${count(rows, "row")} fit.`} The data are backed up
        before they are written.
      </p>
    )
  }
  return (
    <div role="status">
      <p>Nothing is written while some rows do not fit.</p>
      <ul aria-label="What does not fit" className="mt-2 max-h-60 overflow-y-auto text-13">
        {errors.map(({ line, say }) => (
          <li key={`${line} ${say}`} className="py-0.5 [overflow-wrap:anywhere]">
            {line > 0 ? <span className="text-fg-3">line {line}: </span> : null}
            {say}
          </li>
        ))}
      </ul>
    </div>
  )
}
