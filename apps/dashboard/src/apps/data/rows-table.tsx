"use client"
import type { DataCell, DataColumn, RowsPage } from "@vibecaas/contract/app-data"
import { ArrowDown, ArrowUp, Rows3 } from "lucide-react"
import { useState } from "react"
import { Button } from "../../ui/button.tsx"
import { EmptyState } from "../../ui/empty-state.tsx"
import { bytes, count } from "../../ui/format.ts"
import { ReadBody } from "../../ui/read-body.tsx"
import { SearchField } from "../../ui/search-field.tsx"
import { SkeletonRows } from "../../ui/skeleton.tsx"
import { useSettled } from "../../ui/use-settled.ts"
import { rowsShown, type Shown, type TableOf, useRows } from "./table-queries.ts"

const first: Omit<Shown, "search"> = { sort: undefined, descending: false, offset: 0 }

/** Rows of a table: searched, sorted by a click on a column, page by page. */
export function RowsTable({ of }: { of: TableOf }) {
  const [typed, setTyped] = useState("")
  const search = useSettled(typed)
  const [shown, setShown] = useState(first)
  const rows = useRows(of, { ...shown, search })
  const sortBy = (name: string) =>
    setShown(({ sort, descending }) => ({
      ...{ sort: name, descending: sort === name && !descending, offset: 0 },
    }))
  return (
    <>
      <div className="border-b border-line px-4 py-2">
        <SearchField
          label="Search in all columns"
          value={typed}
          onChange={(text) => {
            setTyped(text)
            setShown({ ...shown, offset: 0 })
          }}
        />
      </div>
      <ReadBody
        of={rows}
        failed="The rows could not be read"
        skeleton={<SkeletonRows what="rows" widths={["w-32", "w-24", "w-28"]} className="h-9" />}
      >
        {(page) => (
          <>
            {page.rows.length === 0 ? (
              <EmptyState icon={Rows3} title={search ? "No row has that" : "No rows"}>
                {search ? "Another text may be in some." : "The table is empty."}
              </EmptyState>
            ) : (
              <Grid table={of.table} page={page} shown={shown} onSort={sortBy} />
            )}
            <Pages
              page={page}
              offset={shown.offset}
              onOffset={(offset) => setShown({ ...shown, offset })}
            />
          </>
        )}
      </ReadBody>
    </>
  )
}

interface GridProps {
  table: string
  page: RowsPage
  shown: Omit<Shown, "search">
  onSort(name: string): void
}

function Grid({ table, page, shown, onSort }: GridProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
    <section className="overflow-x-auto" aria-label={`Rows of ${table}`} tabIndex={0}>
      <table className="min-w-full border-collapse text-13">
        <thead className="border-b border-line bg-sunken">
          <tr>
            {page.columns.map((column) => (
              <SortHead key={column.name} column={column} shown={shown} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {page.rows.map((row, at) => (
            <tr key={at} className="border-b border-line last:border-b-0 hover:bg-hover">
              {row.map((cell, column) => (
                <td
                  key={page.columns[column]?.name}
                  className="max-w-80 truncate px-3 py-2 tabular-nums first:pl-4 last:pr-4"
                >
                  <CellText of={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

interface SortHeadProps extends Pick<GridProps, "shown" | "onSort"> {
  column: DataColumn
}

function SortHead({ column: { name, type, key }, shown, onSort }: SortHeadProps) {
  const isIt = shown.sort === name
  const Arrow = shown.descending ? ArrowDown : ArrowUp
  const sorted = shown.descending ? "descending" : "ascending"
  return (
    <th
      scope="col"
      aria-sort={isIt ? sorted : "none"}
      className="px-3 py-[5px] text-left text-12 font-normal whitespace-nowrap text-fg-3 first:pl-4 last:pr-4"
    >
      <button
        type="button"
        title={[type.toLowerCase(), key ? "key" : ""].filter(Boolean).join(", ")}
        className="inline-flex items-center gap-1 py-1 hover:text-fg"
        onClick={() => onSort(name)}
      >
        {name}
        {isIt ? <Arrow aria-hidden="true" className="size-3" /> : null}
      </button>
    </th>
  )
}

function CellText({ of: cell }: { of: DataCell }) {
  if (cell === null) return <span className="text-fg-3">null</span>
  if (typeof cell !== "object") return <span title={String(cell)}>{String(cell)}</span>
  if ("bytes" in cell) return <span className="text-fg-3">{bytes(cell.bytes)}</span>
  return (
    <span title={`${cell.text}…`}>
      {cell.text}… <span className="text-fg-3">{count(cell.length, "character")}</span>
    </span>
  )
}

interface PagesProps {
  page: RowsPage
  offset: number
  onOffset(offset: number): void
}

function Pages({ page: { rows, total }, offset, onOffset }: PagesProps) {
  if (rows.length === 0 && offset === 0) return null
  const last = total === null ? rows.length < rowsShown : offset + rows.length >= total
  const span = `${(offset + 1).toLocaleString("en")}–${(offset + rows.length).toLocaleString("en")}`
  const all = total === null ? "more than were counted" : count(total, "row")
  return (
    <div className="flex flex-wrap items-center gap-2 border-t border-line px-4 py-2 text-12 text-fg-3">
      <span aria-live="polite">
        {span} of {all}
      </span>
      <span className="ml-auto inline-flex gap-2">
        <Button
          size="sm"
          off={offset === 0 ? "These are the first." : undefined}
          onClick={() => onOffset(Math.max(0, offset - rowsShown))}
        >
          Before
        </Button>
        <Button
          size="sm"
          off={last ? "These are the last." : undefined}
          onClick={() => onOffset(offset + rowsShown)}
        >
          Next
        </Button>
      </span>
    </div>
  )
}
