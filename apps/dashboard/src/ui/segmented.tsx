"use client"
import type { ReactNode } from "react"
import { useId } from "react"
import { cn } from "./cn.ts"

export interface Segment<Value extends string> {
  value: Value
  label: string
  /** shown instead of the label, which then only names it */
  face?: ReactNode
  count?: number
}

interface SegmentedProps<Value extends string> {
  label: string
  value: NoInfer<Value>
  segments: readonly Segment<Value>[]
  onChange(value: NoInfer<Value>): void
  small?: boolean
  className?: string
}

/** One of a few; native radio buttons, so arrows and screen readers work without a script of ours. */
export function Segmented<Value extends string>(props: SegmentedProps<Value>) {
  const name = useId()
  return (
    <div
      role="radiogroup"
      aria-label={props.label}
      className={cn(
        "no-bar inline-flex max-w-full gap-px overflow-x-auto rounded-3 bg-active p-0.5",
        props.className,
      )}
    >
      {props.segments.map((segment) => (
        <label key={segment.value} className={segmentLook(props.small)} title={faceTitle(segment)}>
          <input
            type="radio"
            name={name}
            className="absolute inset-0 m-0 size-full cursor-pointer appearance-none rounded-2 focus-visible:-outline-offset-2"
            checked={props.value === segment.value}
            onChange={() => props.onChange(segment.value)}
            aria-label={segment.face ? segment.label : undefined}
          />
          {segment.face ?? segment.label}
          {segment.count === undefined ? null : (
            <small className="text-11 font-normal text-fg-2 tabular-nums">{segment.count}</small>
          )}
        </label>
      ))}
    </div>
  )
}

function faceTitle(segment: Segment<string>): string | undefined {
  return segment.face ? segment.label : undefined
}

function segmentLook(small: boolean | undefined) {
  return cn(
    "relative inline-flex grow cursor-pointer items-center justify-center gap-1.5 rounded-2 text-13 whitespace-nowrap text-fg-2 [&_svg]:size-3.5",
    "has-checked:bg-thumb has-checked:font-medium has-checked:text-fg has-checked:shadow-1",
    small ? "h-6 px-[7px]" : "h-7 px-2.5 max-md:h-8",
  )
}
