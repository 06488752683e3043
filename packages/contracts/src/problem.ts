/** The body of every refusal: RFC 9457 problem details with a stable code. */
import { z } from 'zod'

export const Problem = z
  .object({
    type: z.string(),
    code: z.string(),
    title: z.string(),
    status: z.int(),
    details: z.record(z.string(), z.unknown()),
    requestId: z.string().optional(),
  })
  .meta({ id: 'Problem' })
export type Problem = z.infer<typeof Problem>
