"use client"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { Ellipsis } from "lucide-react"
import type { ComponentProps } from "react"
import { buttonLook } from "../ui/button-look.ts"

export interface RowMenuProps {
  project: Project
  /** why it cannot be deleted now */
  off: string | undefined
  onDelete(): void
}

/** The button that opens the menu of a project's row. */
export function RowMenuButton({ name, ...rest }: ComponentProps<"button"> & { name: string }) {
  return (
    <button
      type="button"
      aria-haspopup="menu"
      aria-expanded="false"
      aria-label={`Actions for ${name}`}
      {...rest}
      className={buttonLook({ kind: "ghost", size: "sm", icon: true })}
    >
      <Ellipsis aria-hidden="true" strokeWidth={1.75} />
    </button>
  )
}
