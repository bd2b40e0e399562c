import { request as startRequest } from "node:http"

export interface Call {
  method?: string
  body?: string
  headers?: Record<string, string>
}

export interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: string
}

/** One call to a site by its name, on a connection of its own. */
export function get(port: number, slug: string, path = "/", call: Call = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { host: `${slug}.preview.localhost`, ...call.headers }
    const outgoing = startRequest(
      { port, host: "127.0.0.1", path, agent: false, method: call.method ?? "GET", headers },
      (answer) => {
        let body = ""
        answer.on("data", (chunk) => {
          body += chunk
        })
        answer.on("error", reject)
        answer.on("end", () =>
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }),
        )
      },
    )
    outgoing.on("error", reject)
    outgoing.end(call.body)
  })
}
