/** A folder on this disk, the agents' tools over it, and a run of a goal through the real agent loop. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process"
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import type { AgentRole } from "@vibecaas/contract/kinds/agents"
import { makeOfflineModel } from "@vibecaas/offline-model"
import { isStepCount, ToolLoopAgent, type ToolSet, tool } from "ai"
import { z } from "zod"
import type { Plan } from "../plan.ts"
import { instructionsFor, planningPrompt, taskPrompt } from "../prompts.ts"
import { editText } from "../tools/edit-text.ts"

const model = makeOfflineModel()

export interface LocalProject {
  folder: string
  /** every call in order, as "role tool path" */
  calls: string[]
  run(goal: string): Promise<RunOutcome>
  paths(): string[]
  read(path: string): string
  fetch(path: string, init?: RequestInit): Promise<Response>
  start(): Promise<void>
  close(): Promise<void>
}

export interface RunOutcome {
  plan: Plan | undefined
  declined: string | undefined
  /** the closing words of each task, by its key */
  reports: Record<string, string>
}

export function localProject(): LocalProject {
  const folder = mkdtempSync(join(tmpdir(), "offline-"))
  const data = mkdtempSync(join(tmpdir(), "offline-data-"))
  const calls: string[] = []
  let app: { child: ChildProcess; url: string } | undefined

  async function start() {
    await stop()
    app = await launch(folder, data)
  }
  async function stop() {
    const child = app?.child
    app = undefined
    if (!child || child.exitCode !== null) return
    const gone = new Promise((resolve) => child.once("exit", resolve))
    child.kill("SIGTERM")
    await gone
  }
  async function fetchPath(path: string, init?: RequestInit) {
    if (!app) throw new Error("the app is not running")
    return await fetch(app.url + path, { redirect: "manual", ...init })
  }

  const project: LocalProject = {
    folder,
    calls,
    run: (goal) => runGoal(project, goal),
    paths: () => pathsIn(folder),
    read: (path) => readFileSync(join(folder, path), "utf8"),
    fetch: fetchPath,
    start,
    close: async () => {
      await stop()
      for (const each of [folder, data]) rmSync(each, { recursive: true, force: true })
    },
  }
  return project
}

async function runGoal(project: LocalProject, goal: string): Promise<RunOutcome> {
  const outcome: RunOutcome = { plan: undefined, declined: undefined, reports: {} }
  const planning = { ...fileTools(project, "planning"), ...planningTools(outcome) }
  await ask("planning", planningPrompt({ goal, files: project.paths() }), planning)
  const done = new Set<string>()
  const tasks = outcome.plan?.tasks ?? []
  while (done.size < tasks.length) {
    const ready = tasks.filter(
      (task) => !done.has(task.key) && task.dependsOn.every((key) => done.has(key)),
    )
    if (ready.length === 0) throw new Error("the plan has a circle")
    await Promise.all(
      ready.map(async ({ key, role, title, instructions, check }) => {
        const prompt = taskPrompt({ goal, title, instructions, check })
        const tools = { ...fileTools(project, role), ...machineTools(project, role) }
        outcome.reports[key] = await ask(role, prompt, tools)
        done.add(key)
      }),
    )
  }
  return outcome
}

async function ask(role: AgentRole, prompt: string, tools: ToolSet): Promise<string> {
  const agent = new ToolLoopAgent({
    model,
    instructions: instructionsFor(role),
    tools,
    stopWhen: isStepCount(40),
  })
  const result = await agent.stream({ prompt })
  await result.consumeStream()
  return (await result.finalStep).text
}

function planningTools(outcome: RunOutcome): ToolSet {
  return {
    plan_tasks: tool({
      inputSchema: z.looseObject({
        summary: z.string(),
        tasks: z.array(z.looseObject({ key: z.string() })),
      }),
      execute: async (input) => {
        // the model under test made it; its shape is what the tests look at
        outcome.plan = input as unknown as Plan
        return { accepted: true }
      },
    }),
    decline: tool({
      inputSchema: z.object({ reason: z.string() }),
      execute: async ({ reason }) => {
        outcome.declined = reason
        return { accepted: true }
      },
    }),
  }
}

function fileTools({ folder, calls, paths }: LocalProject, role: AgentRole): ToolSet {
  const note = (name: string, path = "") => calls.push(`${role} ${name} ${path}`.trim())
  const write = (path: string, content: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
    return { path }
  }
  const path = z.string()
  return {
    list_files: tool({
      inputSchema: z.object({}),
      execute: async () => {
        note("list_files")
        return { files: paths().map((each) => ({ path: each, size: 1 })), truncated: false }
      },
    }),
    read_file: tool({
      inputSchema: z.object({ path }),
      execute: async (input) => {
        note("read_file", input.path)
        return { path: input.path, content: readFileSync(join(folder, input.path), "utf8") }
      },
    }),
    write_file: tool({
      inputSchema: z.object({ path, content: z.string() }),
      execute: async (input) => {
        note("write_file", input.path)
        return write(input.path, input.content)
      },
    }),
    edit_file: tool({
      inputSchema: z.object({
        path,
        edits: z.array(z.object({ find: z.string(), replace: z.string() })),
      }),
      execute: async (input) => {
        note("edit_file", input.path)
        const edited = editText(readFileSync(join(folder, input.path), "utf8"), input.edits)
        if ("refused" in edited) throw new Error(edited.refused)
        return write(input.path, edited.text)
      },
    }),
    delete_file: tool({
      inputSchema: z.object({ path }),
      execute: async (input) => {
        note("delete_file", input.path)
        rmSync(join(folder, input.path))
        return { path: input.path }
      },
    }),
  }
}

function machineTools({ folder, calls, fetch, start }: LocalProject, role: AgentRole): ToolSet {
  return {
    run_command: tool({
      inputSchema: z.object({ argv: z.array(z.string()) }),
      execute: async ({ argv }) => {
        calls.push(`${role} run_command ${argv.join(" ")}`)
        return runIn(folder, argv)
      },
    }),
    start_app: tool({
      inputSchema: z.object({}),
      execute: async () => {
        calls.push(`${role} start_app`)
        await start()
        return { running: true }
      },
    }),
    fetch_page: tool({
      inputSchema: z.object({ path: z.string() }),
      execute: async ({ path }) => {
        calls.push(`${role} fetch_page ${path}`)
        const answer = await fetch(path)
        return { status: answer.status, body: await answer.text() }
      },
    }),
  }
}

/** Runs a program in a folder; `node` is the one that runs us. */
export function runIn(folder: string, argv: string[]) {
  const [program = "", ...rest] = argv
  const { NODE_TEST_CONTEXT: _, VITEST: __, NODE_OPTIONS: ___, ...env } = process.env
  const path = program === "node" ? process.execPath : program
  const { status, stdout, stderr } = spawnSync(path, rest, {
    cwd: folder,
    env,
    encoding: "utf8",
    timeout: 60_000,
  })
  return { exitCode: status, stdout, stderr }
}

function pathsIn(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort()
}

function launch(folder: string, data: string): Promise<{ child: ChildProcess; url: string }> {
  const env = { ...process.env, PORT: "0", HOST: "127.0.0.1", DATA_DIR: data }
  const child = spawn(process.execPath, ["server.js"], {
    cwd: folder,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  })
  return new Promise((resolve, reject) => {
    let output = ""
    const read = (chunk: Buffer) => {
      output += chunk
      const port = output.match(/ listens on port (\d+)/)?.[1]
      if (port) resolve({ child, url: `http://127.0.0.1:${port}` })
    }
    child.stdout?.on("data", read)
    child.stderr?.on("data", read)
    child.once("exit", (code) => reject(new Error(`stopped with ${code}: ${output}`)))
  })
}
