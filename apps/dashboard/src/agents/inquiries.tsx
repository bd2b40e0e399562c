"use client"
import { useMutation } from "@tanstack/react-query"
import type { Inquiry } from "@vibecaas/contract/inquiry"
import type { Run } from "@vibecaas/contract/kinds/agents"
import { MessageCircleQuestion } from "lucide-react"
import { Form } from "../form/form.tsx"
import { schemaOf } from "../form/schema-of.ts"
import { useForm } from "../form/use-form.ts"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"
import { cn } from "../ui/cn.ts"
import { CodeBlock, textLines } from "../ui/code-block.tsx"
import { Field, inputLook } from "../ui/field.tsx"
import { clockTime, count } from "../ui/format.ts"
import { answerInquiry } from "./queries.ts"
import { roleLooks } from "./roles.ts"

/** lines of what would be done that are seen without asking for more: whoever allows it should know them */
const allShown = 60

const route = "POST /agents/runs/{runId}/inquiries/{inquiryId}/answer"

/** What the run asks people now; its tasks wait until somebody answers. */
export function Inquiries({ run }: { run: Run }) {
  const open = run.inquiries.filter(({ state }) => state === "open")
  return open.map((inquiry) => <OpenInquiry key={inquiry.id} run={run} inquiry={inquiry} />)
}

interface InquiryProps {
  run: Run
  inquiry: Inquiry
}

function OpenInquiry({ run, inquiry }: InquiryProps) {
  const task = run.tasks.find(({ id }) => id === inquiry.taskId)
  const who = task ? roleLooks[task.role].name : "The run"
  const approval = inquiry.kind === "approval"
  const [first = "", ...lines] = inquiry.text.split("\n")
  return (
    <section
      aria-label={approval ? `Decision for ${who}` : `Question of ${who}`}
      className="grid gap-3 rounded-3 border border-warn-line bg-warn-soft px-3 py-3 text-13"
    >
      <div className="grid gap-1">
        <p role="status" className="flex flex-wrap items-center gap-x-1.5 text-12 text-fg-2">
          <MessageCircleQuestion
            aria-hidden="true"
            className="size-4 flex-none text-warn-fg"
            strokeWidth={1.75}
          />
          <b className="font-semibold text-fg">
            {who} {approval ? "needs a decision" : "asks"}
          </b>
          <span>since {clockTime(Date.parse(inquiry.askedAt))}</span>
        </p>
        <p className="text-14 [overflow-wrap:anywhere] whitespace-pre-line text-fg">
          {approval ? first : inquiry.text}
        </p>
        {approval && lines.length > 0 ? (
          <CodeBlock
            label="What would be done"
            about={count(lines.length, "line")}
            lines={textLines(lines.join("\n"))}
            shown={allShown}
            className="mt-1"
          />
        ) : null}
      </div>
      <AnswerForm run={run} inquiry={inquiry} />
    </section>
  )
}

function AnswerForm({ run, inquiry }: InquiryProps) {
  const off = useSession().offUnless("run:start", "answer questions")
  const send = useMutation(answerInquiry)
  const params = { runId: run.id, inquiryId: inquiry.id }
  const form = useForm({
    values: { answer: "" },
    body: ({ answer }) => ({ answer: answer.trim() }),
    schema: () => schemaOf(route),
    send: (_, { answer }) => send.mutateAsync({ params, body: { answer: answer.trim() } }),
  })
  const choose = (answer: string) => {
    form.set({ answer })
    form.submit()
  }
  const { error, ...text } = form.text("answer")
  const approval = inquiry.kind === "approval"
  const field = approval
    ? "Or refuse, and say what to do instead"
    : inquiry.choices.length > 0
      ? "Another answer"
      : "Answer"
  return (
    <Form form={form} label="Answer the question" className="gap-3">
      {inquiry.choices.length > 0 ? (
        <div className="flex flex-wrap gap-2">
          {inquiry.choices.map((choice, at) => (
            <Button
              key={choice}
              kind={approval && at === 0 ? "main" : "plain"}
              off={off ?? (form.pending ? "The answer is on its way." : undefined)}
              onClick={() => choose(choice)}
              className="h-auto min-h-8 py-1 text-left whitespace-normal max-md:min-h-10"
            >
              {choice}
            </Button>
          ))}
        </div>
      ) : null}
      <Field label={field} error={error}>
        {(control) => (
          <div className="flex items-end gap-2">
            <textarea
              {...text}
              {...control}
              rows={1}
              maxLength={4000}
              disabled={off !== undefined}
              className={cn(
                inputLook,
                "field-sizing-content h-auto max-h-48 min-h-8 resize-none bg-bg py-1",
              )}
            />
            <Button
              type="submit"
              kind={inquiry.choices.length > 0 ? "plain" : "main"}
              off={off}
              busy={form.pending ? "Answering" : undefined}
              className="max-md:h-9"
            >
              {approval ? "Refuse with this" : "Answer"}
            </Button>
          </div>
        )}
      </Field>
    </Form>
  )
}
