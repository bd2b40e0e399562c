import type { ComponentProps, ReactNode } from "react"
import { cn } from "./cn.ts"

// On a narrow screen rows become small blocks. Browsers drop the roles of a table whose parts are
// laid out otherwise, so every role is said.

/** Things that are compared; on a narrow screen a list. */
export function Table({ children, ...rest }: { children: ReactNode; "aria-label"?: string }) {
  return (
    <table
      // biome-ignore lint/a11y/noRedundantRoles: see above
      role="table"
      className="w-full table-fixed border-collapse text-13 max-md:block"
      {...rest}
    >
      {children}
    </table>
  )
}

export function TableHead({ children }: { children: ReactNode }) {
  return (
    <thead
      // biome-ignore lint/a11y/noRedundantRoles: see above
      role="rowgroup"
      className="border-b border-line bg-sunken max-md:sr-only"
    >
      <tr
        // biome-ignore lint/a11y/noRedundantRoles: see above
        role="row"
      >
        {children}
      </tr>
    </thead>
  )
}

export function TableBody({ children, ...rest }: ComponentProps<"tbody">) {
  return (
    <tbody
      // biome-ignore lint/a11y/noRedundantRoles: see above
      role="rowgroup"
      className="max-md:block"
      {...rest}
    >
      {children}
    </tbody>
  )
}

interface CellProps {
  children?: ReactNode
  className?: string
}

interface HeadCellProps extends CellProps {
  /** how its column is put in order, where it can be */
  sorted?: "ascending" | "descending" | "none"
}

export function HeadCell({ children, className, sorted }: HeadCellProps) {
  return (
    <th
      aria-sort={sorted}
      // biome-ignore lint/a11y/noRedundantRoles: see above
      role="columnheader"
      scope="col"
      className={cn(
        "px-3 py-[7px] text-left text-12 font-normal whitespace-nowrap text-fg-3 first:pl-4 last:pr-4",
        className,
      )}
    >
      {children}
    </th>
  )
}

/** A row; its first two cells lead on a narrow screen, the second in what it needs of a good half, the others follow below. */
export function Row({ children, className }: CellProps) {
  return (
    <tr
      // biome-ignore lint/a11y/noRedundantRoles: see above
      role="row"
      className={cn(
        "border-b border-line transition-colors duration-(--m-1) last:border-b-0 focus-within:bg-hover hover:bg-hover motion-safe:animate-arrive",
        "max-md:grid max-md:grid-cols-[minmax(0,1fr)_fit-content(55%)] max-md:items-baseline max-md:gap-x-3 max-md:gap-y-1 max-md:px-4 max-md:py-3",
        className,
      )}
    >
      {children}
    </tr>
  )
}

export function Cell({ children, className }: CellProps) {
  return (
    <td
      // biome-ignore lint/a11y/noRedundantRoles: see above
      role="cell"
      className={cn(
        "h-11 px-3 first:pl-4 last:pr-4 max-md:block max-md:h-auto max-md:max-w-full max-md:min-w-0 max-md:p-0!",
        className,
      )}
    >
      {children}
    </td>
  )
}
