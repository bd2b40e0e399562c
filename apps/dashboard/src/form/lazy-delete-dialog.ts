"use client"
import dynamic from "next/dynamic"

/** The dialog that deletes, loaded when it is first wanted. */
export const LazyDeleteDialog = dynamic(
  () => import("./delete-dialog.tsx").then((module) => module.DeleteDialog),
  { ssr: false },
)
