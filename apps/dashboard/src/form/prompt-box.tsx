"use client"
import { goalCharsMax } from "@vibecaas/contract/goal-limits"
import { CircleAlert } from "lucide-react"
import dynamic from "next/dynamic"
import {
  type ClipboardEvent,
  type DragEvent,
  type FormEvent,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useId,
  useState,
} from "react"
import type { FieldValues, Path } from "react-hook-form"
import { expected } from "../api/problem.ts"
import { Button } from "../ui/button.tsx"
import { cn } from "../ui/cn.ts"
import { CopyId } from "../ui/copy-id.tsx"
import { Kbd } from "../ui/kbd.tsx"
import { AttachButton, filesIn, wrongFiles } from "./attached.tsx"
import type { Attachments } from "./use-attachments.ts"
import type { Form } from "./use-form.ts"

const AttachedList = dynamic(
  () => import("./attached-list.tsx").then((module) => module.AttachedList),
  { ssr: false },
)

/** The words of a box, by what it asks for. */
export interface PromptWords {
  /** names the form, e.g. "Ask for a change" */
  form: string
  /** the question */
  label: string
  /** an answer to it, shown where there is room while there is none */
  example: string
  /** on the button */
  verb: string
  /** what is being done, e.g. "Starting run" */
  doing: string
}

interface PromptBoxProps<Values extends FieldValues> {
  words: PromptWords
  form: Form<Values>
  /** the field of the text */
  name: Path<Values>
  fieldRef: RefObject<HTMLTextAreaElement | null>
  /** why nothing can be asked for now */
  off: string | undefined
  /** what is wrong with the further choices */
  alsoWrong?: string | undefined
  /** further choices; with them the text has the whole width, without them it is one line that grows */
  choices?: ReactNode
  /** files that are sent with the text */
  attachments: Attachments
  /** it stays in sight below other things, and takes little room from them */
  compact?: boolean
}

/** A sentence that agents act on: Enter sends it, Shift and Enter begin a new line. */
export function PromptBox<Values extends FieldValues>(props: PromptBoxProps<Values>) {
  const id = useId()
  const { words, choices, form, compact, attachments } = props
  const off = props.off ?? attachments.off
  const { error, ref, ...text } = form.text(props.name)
  const refused = form.problem
  const chars = form.state.watch(props.name).trim().length
  const said =
    tooLong(chars) ?? error ?? props.alsoWrong ?? refused?.detail ?? wrongFiles(attachments)
  const drop = useFileDrop(attachments, props.off)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!off && !tooLong(chars)) form.submit()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return
    submit(event)
  }
  return (
    <form
      method="post"
      noValidate
      onSubmit={submit}
      onFocus={form.warm}
      aria-label={words.form}
      className="grid grid-cols-[minmax(0,1fr)] gap-1.5"
    >
      <div
        {...drop.on}
        className={cn(
          "rounded-3 border border-line-field bg-bg has-[textarea:focus]:border-transparent has-[textarea:focus]:outline-2 has-[textarea:focus]:-outline-offset-1 has-[textarea:focus]:outline-focus",
          drop.over && "border-accent bg-accent-soft",
        )}
      >
        {attachments.items.length > 0 ? <AttachedList attachments={attachments} /> : null}
        <div className={cn(!choices && "flex items-end")}>
          <label htmlFor={id} className="sr-only">
            {words.label}
          </label>
          <textarea
            id={id}
            rows={1}
            {...text}
            ref={(element) => {
              ref(element)
              props.fieldRef.current = element
            }}
            onKeyDown={onKeyDown}
            onPaste={(event) => paste(event, attachments, props.off)}
            aria-keyshortcuts="C"
            aria-invalid={said ? true : undefined}
            aria-describedby={said ? `${id}-error` : undefined}
            placeholder={choices ? `${words.label} For example: ${words.example}` : words.label}
            className={cn(
              "field-sizing-content block resize-none bg-transparent px-3.5 text-14 outline-none",
              choices
                ? cn("max-h-60 w-full pt-3 pb-1", compact ? "min-h-10" : "min-h-14 max-md:min-h-24")
                : "max-h-48 min-h-10 min-w-0 flex-1 py-2.5 pr-2 max-md:min-h-12 max-md:py-3.5",
            )}
          />
          <div className={cn("flex items-center gap-2", choices ? "flex-wrap p-2" : "p-1.5")}>
            <AttachButton attachments={attachments} off={props.off} />
            {choices}
            <span className="ml-auto text-12 whitespace-nowrap text-fg-3 tabular-nums">
              {chars > goalCharsMax * nearlyFull ? (
                <span className={cn(chars > goalCharsMax && "text-bad-fg")}>
                  {chars.toLocaleString("en")} of {goalCharsMax.toLocaleString("en")}
                </span>
              ) : (
                <Keys typed={chars > 0} />
              )}
            </span>
            <Button
              type="submit"
              kind="main"
              size="sm"
              off={off}
              busy={form.pending ? words.doing : undefined}
              className={cn(
                "max-md:h-9",
                choices && (compact ? "max-md:ml-auto" : "max-md:w-full"),
              )}
            >
              {words.verb}
            </Button>
          </div>
        </div>
      </div>
      {said ? (
        <p id={`${id}-error`} role="alert" className="flex flex-wrap gap-x-3 text-12 text-bad-fg">
          <span className="flex gap-1.5">
            <CircleAlert aria-hidden="true" className="mt-px size-3.5 flex-none" />
            {said}
          </span>
          {refused?.requestId && said === refused.detail && !expected(refused) ? (
            <CopyId id={refused.requestId} noun="request id" whole />
          ) : null}
        </p>
      ) : null}
    </form>
  )
}

/** the part of the longest text from which on its length is shown */
const nearlyFull = 0.9

/** Nothing is cut off: who pasted too much sees all of it, and by how much it is too long. */
function tooLong(chars: number): string | undefined {
  if (chars <= goalCharsMax) return undefined
  const over = (chars - goalCharsMax).toLocaleString("en")
  return `This is ${over} characters too long; at most ${goalCharsMax.toLocaleString("en")} can be sent. Shorten it, or attach the rest as a file.`
}

/** What the keyboard does here: how to get in, then how to go on. */
function Keys({ typed }: { typed: boolean }) {
  return (
    <span className="pointer-coarse:hidden max-md:hidden">
      {typed ? (
        <>
          <Kbd>↵</Kbd> send, <Kbd>⇧ ↵</Kbd> new line
        </>
      ) : (
        <>
          <Kbd>C</Kbd> to focus
        </>
      )}
    </span>
  )
}

/** Text that is copied with a picture of it stays text. */
function paste(event: ClipboardEvent, attachments: Attachments, off: string | undefined): void {
  const files = filesIn(event.clipboardData)
  if (off || files.length === 0 || event.clipboardData.getData("text/plain") !== "") return
  event.preventDefault()
  attachments.add(files)
}

/** Takes files that are dropped; a page would open them in its place. */
function useFileDrop(attachments: Attachments, off: string | undefined) {
  const [over, setOver] = useState(false)
  const hasFiles = ({ dataTransfer }: DragEvent) => dataTransfer.types.includes("Files")
  return {
    over: over && !off,
    on: {
      onDragOver: (event: DragEvent) => {
        if (!hasFiles(event)) return
        event.preventDefault()
        setOver(true)
      },
      onDragLeave: () => setOver(false),
      onDrop: (event: DragEvent) => {
        if (!hasFiles(event)) return
        event.preventDefault()
        setOver(false)
        if (!off) attachments.add(filesIn(event.dataTransfer))
      },
    },
  }
}
