"use client"
import { lazy, Suspense, useState } from "react"
import { SelectMark, type SelectProps, selectLook } from "./select-face.tsx"

const loadList = () =>
  import("./select-list.tsx").then((module) => ({ default: module.SelectList }))
const SelectList = lazy(loadList)

/** One of many; the list is a sixth of a page's script, so it is loaded when it is wanted. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const [asked, setAsked] = useState(false)
  const { label, value, options, onChange: _, off, className, ...control } = props
  const face = (
    <button
      type="button"
      role="combobox"
      aria-haspopup="listbox"
      aria-expanded={false}
      {...control}
      aria-label={label}
      title={off}
      disabled={off !== undefined}
      onClick={() => setAsked(true)}
      onKeyDown={(event) => {
        if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return
        event.preventDefault()
        setAsked(true)
      }}
      onPointerEnter={() => void loadList()}
      onFocus={() => void loadList()}
      className={selectLook(className)}
    >
      <span>{options.find((option) => option.value === value)?.label}</span>
      <SelectMark />
    </button>
  )
  if (!asked || off) return face
  // It chooses among the values of its options only.
  const list = props as unknown as SelectProps<string>
  return (
    <Suspense fallback={face}>
      <SelectList {...list} />
    </Suspense>
  )
}
