"use client"
import { Globe, Lock } from "lucide-react"
import { useRouter } from "next/navigation"
import { type RefObject, useEffect, useRef, useState } from "react"
import { ModelChip } from "../agents/model-chip.tsx"
import { useSession } from "../shell/session.tsx"
import { cn } from "../ui/cn.ts"
import { inputLook } from "../ui/field.tsx"
import { PromptBox } from "../ui/prompt-box.tsx"
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

const words = {
  form: "New project",
  label: "What should it do?",
  example:
    "a reading list with title, author, pages and a finished flag; filter the unfinished ones",
  verb: "Create project",
  doing: "Creating project",
}

/** A sentence becomes a project. */
export function ProjectComposer({ promptRef, off, focusNow }: ComposerProps) {
  const router = useRouter()
  const { paths } = useSession()
  const create = useCreateProject()
  const [prompt, setPrompt] = useState("")
  const [name, setName] = useState("")
  const [preview, setPreview] = useState<"public" | "private">("private")
  const [complaint, setComplaint] = useState<string>()
  const nameField = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (focusNow) promptRef.current?.focus()
  }, [focusNow, promptRef])

  const submit = () => {
    if (create.isPending || off) return
    const wrong = goalText(prompt)
    const wrongName = name === "" ? undefined : projectName(name)
    setComplaint(wrong ?? (wrongName ? `Name: ${wrongName}` : undefined))
    if (wrong) return promptRef.current?.focus()
    if (wrongName) return nameField.current?.focus()
    create.mutate(
      { prompt: prompt.trim(), name: name.trim(), preview },
      { onSuccess: (project) => router.push(paths.project(project.id)) },
    )
  }
  return (
    <PromptBox
      words={words}
      fieldRef={promptRef}
      value={prompt}
      onChange={(text) => {
        setPrompt(text)
        setComplaint(undefined)
      }}
      onSubmit={submit}
      off={off}
      pending={create.isPending}
      complaint={complaint}
      error={create.error}
      fields={["prompt", "name"]}
      choices={
        <>
          <input
            ref={nameField}
            aria-label="Name"
            value={name}
            maxLength={60}
            onChange={(event) => {
              setName(event.target.value)
              setComplaint(undefined)
            }}
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
        </>
      }
    />
  )
}
