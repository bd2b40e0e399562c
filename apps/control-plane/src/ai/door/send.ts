import type { ServerResponse } from "node:http"

export function send(
  response: ServerResponse,
  {
    status,
    body,
    headers = {},
  }: { status: number; body: object; headers?: Readonly<Record<string, string>> },
): void {
  const text = JSON.stringify(body)
  response.writeHead(status, {
    ...headers,
    "content-type": "application/json",
    "content-length": Buffer.byteLength(text),
  })
  response.end(text)
}
