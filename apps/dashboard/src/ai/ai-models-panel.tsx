"use client"
import { useMutation, useQuery } from "@tanstack/react-query"
import { type AiAlias, aiAliases } from "@vibecaas/contract/ai-aliases"
import type { AiModels } from "@vibecaas/contract/kinds/ai"
import { ModelLabel, useModels } from "../agents/model-chip.tsx"
import { problemOf } from "../api/problem.ts"
import { useSession } from "../shell/session.tsx"
import { Field } from "../ui/field.tsx"
import { Note } from "../ui/note.tsx"
import { Panel } from "../ui/panel.tsx"
import { ReadBody } from "../ui/read-body.tsx"
import { Select } from "../ui/select.tsx"
import { SkeletonLines } from "../ui/skeleton.tsx"
import { aliasWords } from "./alias-words.ts"
import { aiModelsOf, chooseAiModels } from "./queries.ts"

const unchosen: Record<AiAlias, string> = {
  default: "As the platform’s agents for AI features",
  fast: "The default one",
}

/** Which models answer the organization's apps when these ask for `default` or `fast`. */
export function AiModelsPanel() {
  const { organization } = useSession()
  const models = useQuery(aiModelsOf(organization.id))
  return (
    <Panel
      title="Models for apps"
      footer="Apps that may ask models name one of these two; their next call follows what is chosen."
    >
      <ReadBody
        of={models}
        failed="The models for apps could not be read"
        skeleton={<SkeletonLines what="models for apps" />}
      >
        {(read) => <Choices models={read} />}
      </ReadBody>
    </Panel>
  )
}

function Choices({ models }: { models: AiModels }) {
  const { organization, offUnless } = useSession()
  const choices = useModels().data?.choices ?? []
  const choose = useMutation(chooseAiModels)
  const refused = offUnless("organization:update", "choose models for apps")
  const put = (alias: AiAlias, name: string) =>
    choose.mutate({
      params: { organizationId: organization.id },
      body: { [alias]: name === "" ? null : name },
      ifMatch: models.version,
    })
  return (
    <div className="grid gap-4 p-4">
      {choose.error ? (
        <Note tone="bad" title="It was not changed.">
          <span role="alert">{problemOf(choose.error).detail}</span>
        </Note>
      ) : null}
      {aiAliases.map((alias) => {
        const answering = models.answering.find((each) => each.alias === alias)
        const chosen = models.chosen[alias]
        const names = new Set([...choices.map(({ name }) => name), ...(chosen ? [chosen] : [])])
        const options = [...names].map((name) => ({ value: name, label: name }))
        return (
          <div key={alias} className="grid gap-1.5">
            <Field label={aliasWords[alias]}>
              {(control) => (
                <Select
                  {...control}
                  value={chosen ?? ""}
                  options={[{ value: "", label: unchosen[alias] }, ...options]}
                  off={refused}
                  onChange={(name) => put(alias, name)}
                />
              )}
            </Field>
            {answering ? (
              <p className="text-12 text-fg-3">
                Now answered by <ModelLabel model={answering} />
              </p>
            ) : null}
          </div>
        )
      })}
    </div>
  )
}
