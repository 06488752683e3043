/** Who has the floor, in one word. */
import { z } from 'zod'
import { SPEAKERS } from './frames.ts'

export const SpeakerName = z.enum(SPEAKERS)
