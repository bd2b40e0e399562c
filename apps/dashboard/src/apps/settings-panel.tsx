"use client"
import { useMutation, useQuery } from "@tanstack/react-query"
import type { App, AppSettings } from "@vibecaas/contract/kinds/apps"
import { Lock } from "lucide-react"
import { type FormEvent, useState } from "react"
import { act } from "../api/act.ts"
import { problemOf } from "../api/problem.ts"
import { read } from "../api/read.ts"
import { faultsIn, faultsOf } from "../form/faults.ts"
import { Refusal } from "../form/refusal.tsx"
import { schemaOf } from "../form/schema-of.ts"
import { useUnsaved } from "../form/use-unsaved.ts"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"
import { EmptyState } from "../ui/empty-state.tsx"
import { ErrorPanel } from "../ui/error-panel.tsx"
import { TextField } from "../ui/field.tsx"
import { KeyValues } from "../ui/key-values.tsx"
import { Note } from "../ui/note.tsx"
import { Panel } from "../ui/panel.tsx"
import { Loading, Skeleton } from "../ui/skeleton.tsx"
import { commandOf, commandText, environmentOf, faultsByPlace, secretsIn } from "./app-settings.ts"

const change = "PATCH /apps/{appId}/settings"
const configure = act(change, {
  answers: (_, { params }) => read("GET /apps/{appId}/settings", { params }),
})
/** How the project's app is started: what people set of it. */
export function SettingsPanel({ app }: { app: App }) {
  const off = useSession().offUnless("app:operate", "see and change the settings of apps")
  return (
    <Panel title="Settings">
      {off ? (
        <EmptyState icon={Lock} title="Not for your role">
          {off}
        </EmptyState>
      ) : (
        <Loaded app={app} />
      )}
    </Panel>
  )
}

function Loaded({ app }: { app: App }) {
  const settings = useQuery(read("GET /apps/{appId}/settings", { params: { appId: app.id } }))
  if (settings.data) {
    return <SettingsForm key={app.id} appId={app.id} settings={settings.data} />
  }
  if (!settings.error) return <Waiting />
  const { error, refetch } = settings
  return <ErrorPanel title="The settings could not be read" error={error} onRetry={refetch} />
}

/** What was typed, what is wrong with it, and whether it differs from what is kept. */
function useTyped(appId: App["id"], first: AppSettings) {
  // What somebody else saves meanwhile does not take away what was typed: saving is refused then.
  const [settings, setSettings] = useState(first)
  const [pairs, setPairs] = useState(() => pairsOf(first))
  const [command, setCommand] = useState(commandText(settings.command))
  const [said, setSaid] = useState<Record<string, string>>({})
  const save = useMutation(configure)
  const body = { command: commandOf(command), environment: environmentOf(pairs) }
  const changed =
    JSON.stringify(body) !==
    JSON.stringify({ command: settings.command, environment: settings.environment })
  useUnsaved(changed && !save.isPending)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!changed || save.isPending) return
    const schema = await schemaOf(change).catch(() => undefined)
    const wrong = schema ? faultsOf(schema, body, (path) => path) : {}
    setSaid(wrong)
    if (Object.keys({ ...wrong, ...faultsByPlace(pairs, wrong) }).length > 0) return
    save.mutate(
      { params: { appId }, body, ifMatch: settings.version },
      {
        onSuccess: (reply) => {
          setSettings(reply)
          setPairs(pairsOf(reply))
        },
        onError: (error) => setSaid(faultsIn(problemOf(error), (path) => path)),
      },
    )
  }
  return { pairs, setPairs, command, setCommand, said, save, changed, submit }
}

const pairsOf = ({ environment }: AppSettings) =>
  Object.entries(environment).map(([key, value]) => ({ key, value }))

function SettingsForm({ appId, settings }: { appId: App["id"]; settings: AppSettings }) {
  const form = useTyped(appId, settings)
  const { pairs, said, save, changed } = form
  const secrets = secretsIn(pairs)
  const refused = save.error && Object.keys(said).length === 0
  const commandFault = Object.entries(said).find(([path]) => path.startsWith("command"))?.[1]
  return (
    <form
      aria-label="Settings of the app"
      noValidate
      className="grid gap-5 p-4"
      onSubmit={form.submit}
    >
      <Refusal problem={refused ? problemOf(save.error) : undefined} />
      <TextField
        label="Start command"
        help="Empty: the start script of package.json, or server.js."
        className="mono"
        autoComplete="off"
        spellCheck={false}
        error={commandFault}
        value={form.command}
        onChange={(event) => form.setCommand(event.target.value)}
      />
      <KeyValues
        label="Environment"
        noun="variable"
        pairs={pairs}
        onChange={form.setPairs}
        faults={faultsByPlace(pairs, said)}
      />
      {said.environment ? <Note tone="bad">{said.environment}</Note> : null}
      {secrets.length > 0 ? (
        <Note tone="warn" title={`${secrets.join(", ")} may be secret.`}>
          Values are kept readable: everybody who may change the app sees them. Keep it on the page
          Secrets, and write secret:NAME here where the app calls it otherwise.
        </Note>
      ) : null}
      <div>
        <Button
          type="submit"
          off={changed ? undefined : "Nothing was changed."}
          busy={save.isPending ? "Saving settings" : undefined}
        >
          Save settings
        </Button>
      </div>
    </form>
  )
}

function Waiting() {
  return (
    <div className="grid gap-3 p-4">
      <Loading what="settings" />
      <Skeleton className="w-28" />
      <Skeleton className="h-8 w-full" />
    </div>
  )
}
