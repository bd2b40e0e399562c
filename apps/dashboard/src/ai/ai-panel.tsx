"use client"
import { useMutation, useQuery } from "@tanstack/react-query"
import type { ProjectAi } from "@vibecaas/contract/kinds/ai"
import type { App } from "@vibecaas/contract/kinds/apps"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { money } from "@vibecaas/contract/money"
import { ModelLabel } from "../agents/model-chip.tsx"
import { problemOf } from "../api/problem.ts"
import { Form } from "../form/form.tsx"
import { schemaOf } from "../form/schema-of.ts"
import { useForm } from "../form/use-form.ts"
import { projectAllows } from "../projects/project-allows.ts"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"
import { TextField } from "../ui/field.tsx"
import { Note } from "../ui/note.tsx"
import { Panel, Properties, Property } from "../ui/panel.tsx"
import { ReadBody } from "../ui/read-body.tsx"
import { RelativeTime } from "../ui/relative-time.tsx"
import { SkeletonLines } from "../ui/skeleton.tsx"
import { aliasWords } from "./alias-words.ts"
import { aiOf, changeAi } from "./queries.ts"

interface AiPanelProps {
  project: Pick<Project, "id" | "state">
  /** none while nothing was started */
  app: App | null
}

/** Whether the project's app may ask language models, who answers, and what a month may cost. */
export function AiPanel({ project, app }: AiPanelProps) {
  const ai = useQuery(aiOf(project.id))
  return (
    <Panel
      title="AI"
      end={ai.data?.enabled ? <TurnOff ai={ai.data} /> : undefined}
      footer="The app asks through the platform: it has no key of a provider, and what is said is kept nowhere."
    >
      <ReadBody
        of={ai}
        failed="It could not be read whether the app may ask models"
        skeleton={<SkeletonLines what="AI of the app" />}
      >
        {(read) => (
          <>
            <News ai={read} app={app} />
            <Answering ai={read} />
            <Budget ai={read} project={project} />
          </>
        )}
      </ReadBody>
    </Panel>
  )
}

function TurnOff({ ai }: { ai: ProjectAi }) {
  const { offUnless } = useSession()
  const change = useMutation(changeAi)
  const { projectId, version: ifMatch } = ai
  return (
    <>
      {change.error ? (
        <span role="alert" className="text-12 text-bad-fg">
          {problemOf(change.error).detail}
        </span>
      ) : null}
      <Button
        size="sm"
        off={offUnless("project:update", "change what apps may ask")}
        busy={change.isPending ? "Turning AI off" : undefined}
        onClick={() => change.mutate({ params: { projectId }, body: { enabled: false }, ifMatch })}
      >
        Turn AI off
      </Button>
    </>
  )
}

/** An app has the key from its next start on. */
const startedBefore = ({ enabled, changedAt }: ProjectAi, app: App | null) =>
  enabled &&
  changedAt !== null &&
  app?.state === "running" &&
  app.startedAt !== null &&
  app.startedAt < changedAt

function News({ ai, app }: { ai: ProjectAi; app: App | null }) {
  if (!ai.enabled) return null
  const simulated = ai.models.some((model) => model.simulated)
  return (
    <div className="grid gap-3 border-b border-line p-4 empty:hidden">
      {startedBefore(ai, app) ? (
        <Note tone="warn" title="The app was started before AI was turned on.">
          Restart it, and it can ask.
        </Note>
      ) : null}
      {simulated ? (
        <Note title="AI: simulated.">
          No language model is connected: answers say that they are simulated, and nothing has
          thought about them.
        </Note>
      ) : null}
    </div>
  )
}

function Answering({ ai }: { ai: ProjectAi }) {
  return (
    <Properties>
      <Property name="State">
        {ai.enabled ? "On" : "Off"}
        {ai.changedAt ? (
          <span className="text-fg-3">
            {ai.changedBy}, <RelativeTime at={ai.changedAt} />
          </span>
        ) : null}
      </Property>
      {ai.models.map((model) => (
        <Property key={model.alias} name={aliasWords[model.alias]}>
          <ModelLabel model={model} />
        </Property>
      ))}
      <Property name="Calls">{ai.used.calls.toLocaleString("en")} this month</Property>
    </Properties>
  )
}

interface Typed {
  dollarsMax: string
  tokensMax: string
}

const numberIn = (text: string) => Number(text.trim().replaceAll(",", ""))
const faultIn = (text: string) =>
  text.trim() !== "" && Number.isFinite(numberIn(text)) ? undefined : "Use a number."

function bodyOf({ dollarsMax, tokensMax }: Typed) {
  return { centsMax: Math.round(numberIn(dollarsMax) * 100), tokensMax: numberIn(tokensMax) }
}

function Budget({ ai, project }: { ai: ProjectAi; project: Pick<Project, "state"> }) {
  const { offUnless } = useSession()
  const save = useMutation(changeAi)
  const { projectId, enabled, used, version: ifMatch } = ai
  const form = useForm<Typed, ProjectAi>({
    values: { dollarsMax: String(ai.centsMax / 100), tokensMax: String(ai.tokensMax) },
    body: bodyOf,
    fieldFor: { centsMax: "dollarsMax" },
    schema: () => schemaOf("PATCH /projects/{projectId}/ai"),
    send: (_, typed) =>
      save.mutateAsync({
        params: { projectId },
        body: { ...bodyOf(typed), ...(enabled ? {} : { enabled: true }) },
        ifMatch,
      }),
    done: () => form.state.reset(form.state.getValues(), { keepDirtyValues: false }),
    check: ({ dollarsMax, tokensMax }) => ({
      dollarsMax: faultIn(dollarsMax),
      tokensMax: faultIn(tokensMax),
    }),
  })
  const refused =
    offUnless("project:update", "change what apps may ask") ??
    (projectAllows("update", project.state) ? undefined : "The project is being deleted.")
  const unchanged = enabled && !form.state.formState.isDirty ? "Nothing was changed." : undefined
  const number = {
    className: "tabular-nums",
    inputMode: "decimal",
    autoComplete: "off",
    readOnly: refused !== undefined,
  } as const
  return (
    <div className="border-t border-line p-4">
      <Form form={form} label="Budget of the app’s AI">
        <div className="grid grid-cols-2 gap-4 max-sm:grid-cols-1">
          <TextField
            {...number}
            label="US dollars a month"
            help={`${money(used.cents)} used this month`}
            {...form.text("dollarsMax")}
          />
          <TextField
            {...number}
            label="Tokens a month"
            help={`${used.tokens.toLocaleString("en")} used this month`}
            {...form.text("tokensMax")}
          />
        </div>
        <div>
          <Button
            type="submit"
            off={refused ?? unchanged}
            busy={form.pending ? (enabled ? "Saving" : "Turning AI on") : undefined}
          >
            {enabled ? "Save budget" : "Turn AI on"}
          </Button>
        </div>
      </Form>
    </div>
  )
}
