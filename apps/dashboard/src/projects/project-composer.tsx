"use client"
import { Globe, Lock } from "lucide-react"
import { useRouter } from "next/navigation"
import {
  type FormEvent,
  type KeyboardEvent,
  type RefObject,
  useEffect,
  useId,
  useState,
} from "react"
import { ModelChip } from "../agents/model-chip.tsx"
import { expected, fieldError, problemOf } from "../api/problem.ts"
import { paths } from "../paths.ts"
import { Button } from "../ui/button.tsx"
import { cn } from "../ui/cn.ts"
import { CopyId } from "../ui/copy-id.tsx"
import { inputLook } from "../ui/field.tsx"
import { Kbd } from "../ui/kbd.tsx"
import { Segmented } from "../ui/segmented.tsx"
import { useCreateProject } from "./create-project.ts"
import { goalText, projectName } from "./limits.ts"

interface ComposerProps {
  promptRef: RefObject<HTMLTextAreaElement | null>
  off: string | undefined
  focusNow: boolean
}

const icon = { "aria-hidden": true, strokeWidth: 1.75 } as const
const previews = [
  {
    value: "private",
    label: "Private preview",
    face: (
      <>
        <Lock {...icon} />
        Private
      </>
    ),
  },
  {
    value: "public",
    label: "Public preview",
    face: (
      <>
        <Globe {...icon} />
        Public
      </>
    ),
  },
] as const

/** The prompt box: a sentence becomes a project. */
export function ProjectComposer({ promptRef, off, focusNow }: ComposerProps) {
  const id = useId()
  const router = useRouter()
  const create = useCreateProject()
  const [prompt, setPrompt] = useState("")
  const [name, setName] = useState("")
  const [preview, setPreview] = useState<"public" | "private">("private")
  const [complaint, setComplaint] = useState<string>()
  useEffect(() => {
    if (focusNow) promptRef.current?.focus()
  }, [focusNow, promptRef])

  const submit = (event?: FormEvent) => {
    event?.preventDefault()
    if (create.isPending || off) return
    const wrong = goalText(prompt) ?? (name === "" ? undefined : projectName(name))
    setComplaint(wrong)
    if (wrong) return promptRef.current?.focus()
    create.mutate(
      { prompt: prompt.trim(), name: name.trim(), preview },
      { onSuccess: (project) => router.push(paths.project(project.id)) },
    )
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return
    submit(event as unknown as FormEvent)
  }
  const failed = create.error ? problemOf(create.error) : undefined
  const error =
    complaint ??
    (create.error
      ? (fieldError(create.error, "prompt") ?? fieldError(create.error, "name") ?? failed?.detail)
      : undefined)

  return (
    <form onSubmit={submit} aria-label="New project" className="grid gap-1.5">
      <div className="rounded-3 border border-line-field bg-bg focus-within:has-[textarea:focus]:border-transparent has-[textarea:focus]:outline-2 has-[textarea:focus]:-outline-offset-1 has-[textarea:focus]:outline-focus">
        <label htmlFor={id} className="sr-only">
          What should it do?
        </label>
        <textarea
          id={id}
          ref={promptRef}
          value={prompt}
          maxLength={4000}
          onChange={(event) => {
            setPrompt(event.target.value)
            setComplaint(undefined)
          }}
          onKeyDown={onKeyDown}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${id}-error` : undefined}
          placeholder="What should it do? For example: a reading list with title, author, pages and a finished flag; filter the unfinished ones"
          className="field-sizing-content block max-h-60 min-h-14 w-full resize-none bg-transparent px-3.5 pt-3 pb-1 text-14 outline-none max-md:min-h-24"
        />
        <div className="flex flex-wrap items-center gap-x-2 gap-y-2 p-2">
          <input
            aria-label="Name"
            value={name}
            maxLength={60}
            onChange={(event) => setName(event.target.value)}
            placeholder="Name, or taken from the prompt"
            className={cn(inputLook, "h-7 w-56 rounded-2 border-line-2 px-2 text-12 max-md:w-full")}
          />
          <Segmented
            small
            label="Preview"
            value={preview}
            segments={previews}
            onChange={setPreview}
          />
          <ModelChip />
          <span className="ml-auto text-12 text-fg-3 max-md:hidden">
            <Kbd>C</Kbd> to focus
          </span>
          <Button
            type="submit"
            kind="main"
            size="sm"
            off={off}
            busy={create.isPending ? "Creating project" : undefined}
            className="max-md:h-9 max-md:w-full"
          >
            Create project
          </Button>
        </div>
      </div>
      {error ? (
        <p id={`${id}-error`} role="alert" className="flex flex-wrap gap-x-3 text-12 text-bad-fg">
          {error}
          {failed?.requestId && !complaint && !expected(failed) ? (
            <CopyId id={failed.requestId} noun="request id" whole />
          ) : null}
        </p>
      ) : null}
    </form>
  )
}
