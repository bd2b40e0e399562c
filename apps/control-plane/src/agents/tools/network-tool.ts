import { egressHost, egressPort, serviceName } from "@vibecaas/contract/kinds/network"
import { tool } from "ai"
import { z } from "zod"
import { needLeave } from "../work/approvals.ts"
import { hasVariablesFrom, type ToolDesk, toolCall } from "./tool-call.ts"

const input = z.object({
  host: egressHost.describe("api.example.com, or *.example.com for all below it"),
  port: egressPort.optional().describe("443 when absent"),
  reason: z.string().trim().min(1).max(500).describe("what the app needs it for"),
  service: z
    .object({
      name: serviceName,
      header: z.string().regex(/^[A-Za-z0-9-]{1,64}$/),
    })
    .optional()
    .describe(
      "when it wants a key: the platform sends it in this header, and the app never has it",
    ),
})

/** Asks a person to let the project's machines reach one domain. */
export function requestAccess(desk: ToolDesk) {
  const { network, people } = desk.bench
  return tool({
    description:
      'Asks the person to let the app and its commands reach one domain of the internet, and waits for the answer. With service the platform asks it for the app, with a key that the person sets: the app requests SERVICES_URL + "/<name>/<path>". Without it programs connect by HTTPS_PROXY, which fetch of Node finds by itself.',
    inputSchema: input,
    execute: toolCall(desk, "request_access", async (asked: z.infer<typeof input>, mark) => {
      const { host, port = 443, reason, service } = asked
      const at = `${host}:${port}`
      if (!service && (await network.isAllowed({ host, port }))) {
        return { title: `saw that ${at} is allowed`, output: { allowed: at } }
      }
      const secret = service
        ? ` as the service ${service.name}, with a secret in ${service.header} that you set on the page Network`
        : ""
      const approvedBy = await needLeave(people, {
        call: mark("").key,
        text: `Let this project’s machines reach ${at}${secret}? What its app knows can be sent there.\nWhat for: ${reason}`,
        what: at,
        otherwise: "Build without it.",
      })
      await network.allow({ host, port, reason, service: service ?? null, approvedBy })
      const how = service ? { service: `SERVICES_URL/${service.name}/` } : { by: "HTTPS_PROXY" }
      const output = { allowed: at, ...how, note: hasVariablesFrom }
      return { title: `asked for ${at}`, output }
    }),
  })
}
