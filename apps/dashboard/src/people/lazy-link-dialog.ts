"use client"
import dynamic from "next/dynamic"

/** The dialog that shows the link of an invitation, loaded when it is first wanted. */
export const LazyLinkDialog = dynamic(
  () => import("./link-dialog.tsx").then((module) => module.LinkDialog),
  { ssr: false },
)
