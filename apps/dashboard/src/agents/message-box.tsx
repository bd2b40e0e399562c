"use client"
import { useMutation } from "@tanstack/react-query"
import type { Run } from "@vibecaas/contract/kinds/agents"
import { useRouter } from "next/navigation"
import { useRef, useState } from "react"
import { PromptBox, type PromptWords } from "../form/prompt-box.tsx"
import { schemaOf } from "../form/schema-of.ts"
import type { Attachments } from "../form/use-attachments.ts"
import { draftKey, useDraft } from "../form/use-draft.ts"
import { useForm } from "../form/use-form.ts"
import { useSession } from "../shell/session.tsx"
import { useShortcut } from "../shell/use-shortcut.ts"
import { Segmented } from "../ui/segmented.tsx"
import { redirectRun, sendMessage } from "./queries.ts"

type Way = "tell" | "next" | "redirect"
const ways = [
  { value: "tell", label: "Tell them" },
  { value: "next", label: "Ask next" },
  { value: "redirect", label: "Stop and redirect" },
] as const satisfies readonly { value: Way; label: string }[]

const words: Record<Way, PromptWords> = {
  tell: {
    form: "Write to the agents",
    label: "What should the agents know?",
    example: "the titles may be long",
    verb: "Send",
    doing: "Sending",
  },
  next: {
    form: "Ask next",
    label: "What should they do after this?",
    example: "add a rating from 1 to 5",
    verb: "Ask next",
    doing: "Asking",
  },
  redirect: {
    form: "Stop and redirect",
    label: "What should they do instead?",
    example: "leave the rating, repair the search",
    verb: "Stop and redirect",
    doing: "Stopping run",
  },
}

interface MessageBoxProps {
  run: Run
  attachments: Attachments
}

/** Words to the agents at work: heard before their next answer, or a goal that follows, or that they stop for. */
export function MessageBox({ run, attachments }: MessageBoxProps) {
  const router = useRouter()
  const { me, offUnless, paths } = useSession()
  const field = useRef<HTMLTextAreaElement>(null)
  const [way, setWay] = useState<Way>("tell")
  const send = useMutation(sendMessage)
  const redirect = useMutation(redirectRun)
  useShortcut("c", () => field.current?.focus())
  const params = { runId: run.id }
  const form = useForm({
    values: { text: "" },
    body: ({ text }) => (way === "tell" ? { text: text.trim() } : { goal: text.trim() }),
    schema: () =>
      schemaOf(
        way === "tell"
          ? "POST /agents/runs/{runId}/messages"
          : "POST /agents/runs/{runId}/redirect",
      ),
    fieldFor: { goal: "text" },
    send: async (_, typed) => {
      const text = typed.text.trim()
      const files = attachments.body()
      if (way === "tell") await send.mutateAsync({ params, body: { text, ...files } })
      else {
        const when = way === "next" ? ("after" as const) : ("now" as const)
        await redirect.mutateAsync({ params, body: { goal: text, when, ...files } })
      }
    },
    done: () => {
      form.clear()
      attachments.clear()
      // The newest run is the one that follows.
      if (way === "redirect") router.push(paths.project(run.projectId))
      setWay("tell")
    },
  })
  useDraft(form, "text", draftKey(me.id, run.projectId))
  const stopping =
    run.redirectedTo === null ? undefined : "The run is stopping for what was asked instead."
  return (
    <PromptBox
      words={words[way]}
      form={form}
      name="text"
      fieldRef={field}
      off={offUnless("run:start", "write to the agents") ?? stopping}
      attachments={attachments}
      compact
      choices={<Segmented small label="How" value={way} segments={ways} onChange={setWay} />}
    />
  )
}
