"use client"
import { Plus, X } from "lucide-react"
import { useId, useRef } from "react"
import { Button } from "./button.tsx"
import { cn } from "./cn.ts"
import { inputLook } from "./field.tsx"

export interface KeyValue {
  key: string
  value: string
}

interface KeyValuesProps {
  /** names the list, e.g. "Environment" */
  label: string
  /** what one pair is called, e.g. "variable" */
  noun: string
  pairs: readonly KeyValue[]
  onChange(pairs: KeyValue[]): void
  /** what is wrong with a pair, by its place */
  faults?: Readonly<Record<number, string>>
  off?: string | undefined
  /** values are secrets, which are typed unseen; answers what stands in an empty one */
  secret?: (key: string) => string | undefined
}

/** Names and values, a line each; lines that are pasted as `NAME=value` become pairs. */
export function KeyValues(props: KeyValuesProps) {
  const { label, noun, pairs, onChange, faults = {}, off, secret } = props
  const list = useRef<HTMLFieldSetElement>(null)
  const id = useId()
  const put = (at: number, pair: KeyValue) =>
    onChange(pairs.map((old, i) => (i === at ? pair : old)))
  const remove = (at: number) => {
    onChange(pairs.filter((_, i) => i !== at))
    list.current?.querySelector<HTMLElement>("[data-add]")?.focus()
  }
  const paste = (at: number, text: string) => {
    const pasted = pairsIn(text)
    if (pasted.length === 0) return false
    const rest = pairs.filter(({ key }, i) => i !== at && !pasted.some((pair) => pair.key === key))
    onChange([...rest, ...pasted])
    return true
  }
  return (
    <fieldset ref={list} className="grid gap-2" disabled={off !== undefined} title={off}>
      <legend className="mb-2 text-13 font-medium">{label}</legend>
      {pairs.map((pair, at) => (
        // A line is its place: names may repeat while they are typed.
        <div key={`${at + 1}`} className="grid gap-1">
          <div className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)_auto] gap-2">
            <input
              aria-label={`Name of ${noun} ${at + 1}`}
              aria-invalid={faults[at] ? true : undefined}
              aria-describedby={faults[at] ? `${id}-${at}` : undefined}
              className={cn(inputLook, "mono")}
              autoComplete="off"
              spellCheck={false}
              value={pair.key}
              onChange={(event) => put(at, { ...pair, key: event.target.value })}
              onPaste={(event) => {
                if (paste(at, event.clipboardData.getData("text"))) event.preventDefault()
              }}
            />
            <input
              aria-label={`Value of ${noun} ${at + 1}`}
              type={secret ? "password" : "text"}
              placeholder={secret?.(pair.key)}
              className={cn(inputLook, "mono")}
              autoComplete="off"
              spellCheck={false}
              value={pair.value}
              onChange={(event) => put(at, { ...pair, value: event.target.value })}
            />
            <Button
              kind="ghost"
              icon
              aria-label={`Remove ${noun} ${pair.key || at + 1}`}
              onClick={() => remove(at)}
            >
              <X aria-hidden="true" />
            </Button>
          </div>
          {faults[at] ? (
            <p id={`${id}-${at}`} role="alert" className="text-12 text-bad-fg">
              {faults[at]}
            </p>
          ) : null}
        </div>
      ))}
      <div>
        <Button size="sm" data-add="" onClick={() => onChange([...pairs, { key: "", value: "" }])}>
          <Plus aria-hidden="true" />
          Add {noun}
        </Button>
      </div>
    </fieldset>
  )
}

/** Pairs of a text of lines such as `NAME=value`; none when a line is not one. */
export function pairsIn(text: string): KeyValue[] {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() && !line.startsWith("#"))
  const pairs = lines.map((line) => /^\s*([A-Za-z_][\w.-]*)\s*=\s*(.*)$/.exec(line))
  if (pairs.some((pair) => !pair)) return []
  return pairs.map((pair) => ({ key: pair?.[1] ?? "", value: unquoted(pair?.[2] ?? "") }))
}

const unquoted = (value: string) => value.trim().replace(/^(["'])(.*)\1$/, "$2")
