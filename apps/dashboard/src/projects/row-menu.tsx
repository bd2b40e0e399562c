"use client"
import dynamic from "next/dynamic"
import { useState } from "react"
import { RowMenuButton, type RowMenuProps } from "./row-menu-button.tsx"

const loadList = () => import("./row-menu-list.tsx").then((module) => module.RowMenuList)
const RowMenuList = dynamic(loadList, { ssr: false })

/** What can be done with a project from its row; the list is loaded when it is first wanted. */
export function RowMenu(props: RowMenuProps) {
  const [asked, setAsked] = useState(false)
  if (asked) return <RowMenuList {...props} />
  const warm = () => void loadList()
  return (
    <RowMenuButton
      name={props.project.name}
      onClick={() => setAsked(true)}
      onPointerEnter={warm}
      onFocus={warm}
    />
  )
}
