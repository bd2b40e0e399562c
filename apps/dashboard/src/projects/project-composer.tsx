"use client"
import { useMutation } from "@tanstack/react-query"
import type { OrganizationId } from "@vibecaas/contract/kinds/tenants"
import { useRouter } from "next/navigation"
import { type RefObject, useEffect } from "react"
import { type Candidates, candidatesOf, oneRun } from "../agents/candidates.ts"
import { LazyCandidatesChoice, LazyModelChip } from "../agents/lazy-choices.ts"
import { PromptBox } from "../form/prompt-box.tsx"
import { schemaOf } from "../form/schema-of.ts"
import { useAttachments } from "../form/use-attachments.ts"
import { draftKey, useDraft } from "../form/use-draft.ts"
import { useForm } from "../form/use-form.ts"
import { useSession } from "../shell/session.tsx"
import { cn } from "../ui/cn.ts"
import { inputLook } from "../ui/field.tsx"
import { Switch } from "../ui/switch.tsx"
import { createProject } from "./queries.ts"

interface ComposerProps {
  promptRef: RefObject<HTMLTextAreaElement | null>
  off: string | undefined
  focusNow: boolean
  /** a prompt to begin with */
  example?: string | undefined
  onTaken?: () => void
}

const words = {
  form: "New project",
  label: "What should it do?",
  example:
    "a reading list with title, author, pages and a finished flag; filter the unfinished ones",
  verb: "Create project",
  doing: "Creating project",
}

/** A sentence becomes a project. */
export function ProjectComposer(props: ComposerProps) {
  const { promptRef, off, focusNow, example, onTaken } = props
  const router = useRouter()
  const { me, organization, paths } = useSession()
  const create = useMutation(createProject)
  const attachments = useAttachments()
  const form = useForm({
    values: {
      ...{ prompt: "", name: "", candidates: oneRun },
      preview: "private" as "public" | "private",
    },
    body: (typed) => bodyOf(typed, organization.id),
    schema: () => schemaOf("POST /projects"),
    send: (_, typed) => {
      const body = { ...bodyOf(typed, organization.id), ...attachments.body() }
      return create.mutateAsync({ body })
    },
    done: ({ id, comparison }) => {
      forgetDraft()
      router.push(comparison ? paths.comparison(id, comparison.id) : paths.project(id))
    },
    leaves: true,
  })
  const forgetDraft = useDraft(form, "prompt", draftKey(me.id, organization.id))
  useEffect(() => {
    if (focusNow) promptRef.current?.focus()
  }, [focusNow, promptRef])
  useEffect(() => {
    if (example === undefined) return
    form.set({ prompt: example })
    onTaken?.()
  }, [example, form.state, onTaken])
  const { error: wrongName, ...nameField } = form.text("name")
  return (
    <PromptBox
      words={words}
      form={form}
      name="prompt"
      fieldRef={promptRef}
      off={off}
      attachments={attachments}
      alsoWrong={wrongName && `Name: ${wrongName}`}
      choices={
        <>
          <input
            aria-label="Name"
            {...nameField}
            placeholder="Name, or taken from the prompt"
            className={cn(
              inputLook,
              "h-7 w-56 rounded-2 border-line-2 px-2 text-12 max-md:w-[calc(100%-44px)]",
            )}
          />
          <Switch
            label="Public preview"
            className="md:mx-1"
            checked={form.state.watch("preview") === "public"}
            onChange={(wanted) => form.state.setValue("preview", wanted ? "public" : "private")}
          />
          <LazyCandidatesChoice
            value={form.state.watch("candidates")}
            onChange={(candidates) => form.state.setValue("candidates", candidates)}
          />
          <LazyModelChip />
        </>
      }
    />
  )
}

interface Typed {
  prompt: string
  name: string
  preview: "public" | "private"
  candidates: Candidates
}

function bodyOf({ prompt, name, preview, candidates }: Typed, organizationId: OrganizationId) {
  return {
    organizationId,
    prompt: prompt.trim(),
    preview,
    ...(name.trim() === "" ? {} : { name: name.trim() }),
    ...(candidatesOf(candidates) ? { compare: candidatesOf(candidates) } : {}),
  }
}
