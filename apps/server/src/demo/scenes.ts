/** Every scene of the demo: our own plays, each performed several times, and samples of open data. The same seed gives the same scenes. */
import { endOf } from './calendar.ts'
import { peopleOf, personOf } from './people.ts'
import { perform } from './perform.ts'
import { loadPlays, type Play } from './play.ts'
import { chanceOf } from './random.ts'
import { loadSamples } from './samples.ts'
import type { Scene } from './scene.ts'

const SEED = 'earshot'

/** All of them, oldest first, as if they had come one after the other. */
export function demoScenes(now: Date): Scene[] {
  return [...performAll(loadPlays(), now, SEED), ...loadSamples(now, SEED)].map(withVoiceNotes).sort(byStart)
}

/** Some people would rather speak than write. */
function withVoiceNotes(scene: Scene): Scene {
  const chance = chanceOf(`voice ${scene.externalId}`)
  if (!/^(whatsapp|telegram|voip)$/.test(scene.channel) || chance.next() >= 0.12) return scene
  const isCall = scene.channel === 'voip'
  let left = isCall ? 8 : 3
  const lines = scene.lines.map((line) => {
    const speaks = line.author === 'contact' || (isCall && line.author === 'agent')
    const isSpoken = line.kind === 'message' && speaks && left > 0
    if (isSpoken) left--
    return { ...line, isSpoken }
  })
  return { ...scene, lines }
}

/** About forty for a new workspace: one performance of plays that differ, and a few of the open data. */
export function sampleScenes(now: Date, agent: string): Scene[] {
  const plays = loadPlays().filter(({ ending }) => ending === 'closed' || ending === 'archived')
  const own = [...Map.groupBy(plays, ({ language }) => language).entries()].flatMap(([language, of]) =>
    of.slice(0, language === 'en' ? 18 : 1),
  )
  const scenes = [
    ...performAll(
      own.map((play) => ({ ...play, times: 1, agent })),
      now,
      SEED,
    ),
    ...loadSamples(now, SEED, 4),
  ]
  return scenes
    .map((scene) => ({ ...scene, agent, flow: null, tags: [...new Set([...scene.tags, 'sample'])] }))
    .sort(byStart)
}

const byStart = (a: Scene, b: Scene): number => a.startedAt.getTime() - b.startedAt.getTime()

function performAll(plays: Play[], now: Date, seed: string): Scene[] {
  const seen = new Map<string, number>()
  return plays.flatMap((play) =>
    Array.from({ length: play.times }, (_, take) => {
      const key = `${seed} ${play.id} ${take}`
      const chance = chanceOf(key)
      const number = nextPerson(seen, play.language, chance.next())
      return perform(play, {
        externalId: `demo:${play.id}:${take + 1}`,
        person: personOf(play.language, number, chanceOf(`${seed} ${play.language} ${number}`)),
        end: endOf(play.ending, now, chance),
        channel: play.channels[take % play.channels.length]!,
        seed: key,
      })
    }),
  )
}

/** Somebody new most of the time; one in five has been here before. */
function nextPerson(seen: Map<string, number>, language: string, chance: number): number {
  const count = seen.get(language) ?? 0
  if (count > 2 && chance < 0.2) return Math.floor(chance * 5 * count)
  seen.set(language, count + 1)
  return count % peopleOf(language)
}
