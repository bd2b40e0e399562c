import type { ReactNode } from "react"
import { classNames } from "./class-names.ts"

export interface Column<Row> {
  id: string
  label: string
  /** the label is for readers of the screen only */
  hideLabel?: boolean
  show(row: Row): ReactNode
  /** rows can be sorted by it */
  sorts?: boolean
  className?: string
}

export interface Sorting {
  by: string
  down: boolean
}

interface TableProps<Row> {
  /** what the table shows, for readers of the screen */
  caption: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  keyOf(row: Row): string | number
  sorting: Sorting
  onSort(sorting: Sorting): void
}

/** A table whose columns can sort; pages sort the rows. */
export function Table<Row>({ caption, columns, rows, keyOf, sorting, onSort }: TableProps<Row>) {
  return (
    <table className="w-full border-collapse text-left text-[15px]">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr className="border-b border-line text-sm text-muted">
          {columns.map((column) => (
            <HeadCell key={column.id} {...{ column, sorting, onSort }} />
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)} className="border-b border-line last:border-0 hover:bg-sunk/50">
            {columns.map(({ id, show, className }) => (
              <td key={id} className={classNames("px-2 py-1.5 align-middle", className)}>
                {show(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function HeadCell<Row>({
  column,
  sorting,
  onSort,
}: Pick<TableProps<Row>, "sorting" | "onSort"> & { column: Column<Row> }) {
  const { id, label, hideLabel, sorts, className } = column
  const own = sorting.by === id
  const order = own ? (sorting.down ? "descending" : "ascending") : undefined
  return (
    <th scope="col" aria-sort={order} className={classNames("px-2 py-2 font-medium", className)}>
      {sorts ? (
        <button
          type="button"
          className="-mx-1 cursor-pointer rounded px-1 hover:text-ink"
          onClick={() => onSort({ by: id, down: own && !sorting.down })}
        >
          {label}
          <span aria-hidden="true" className="ml-1 inline-block w-3">
            {own ? (sorting.down ? "↓" : "↑") : ""}
          </span>
        </button>
      ) : (
        <span className={hideLabel ? "sr-only" : undefined}>{label}</span>
      )}
    </th>
  )
}
