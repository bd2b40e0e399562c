/** A refusal as OpenAI's servers word it. */
export class ApiError extends Error {
  readonly status: number
  readonly body: { error: { message: string; type: string; param: string | null; code: string } }
  /** what clients are told to do next */
  readonly headers: Readonly<Record<string, string>>

  constructor(
    status: number,
    message: string,
    { code, param = null, again }: { code: string; param?: string | null; again?: number | false },
  ) {
    super(message)
    this.status = status
    const type = types[status] ?? (status < 500 ? "invalid_request_error" : "server_error")
    this.body = { error: { message, type, param, code } }
    this.headers =
      again === undefined
        ? {}
        : again === false
          ? { "x-should-retry": "false" }
          : { "retry-after": String(again) }
  }
}

const types: Record<number, string> = {
  401: "authentication_error",
  403: "permission_error",
  404: "not_found_error",
  429: "rate_limit_error",
}
