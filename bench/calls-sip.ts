/** Telephones through the SIP edge: sipp calls with sound for half a minute; every packet is counted, in and out. */
import { FRAME_BYTES } from '@earshot/voice'
import { Rig, until, uuid } from '../apps/edge/src/test/rig.ts'
import { freePort, sipp } from '../apps/edge/src/test/sipp.ts'
import { likeness, noise } from '../apps/edge/src/test/sound.ts'
import type { Bench } from './bench.ts'
import { treeCpuMs } from './machine.ts'
import type { Figure } from './rounds.ts'

const CALLS = 20

export const callsSip: Bench = {
  name: 'calls-sip',
  about: `${CALLS} sipp calls with sound through the SIP edge: packets in and out within 1 %, correlation, CPU a call`,
  async run(rounds) {
    const seconds = rounds.rounds > 3 ? 30 : 10
    const trunk = { id: uuid(1), workspace: uuid(9), name: 'bench', host: '127.0.0.1' }
    const rig = await Rig.start([trunk])
    try {
      const sound = noise(31, seconds * 1000)
      const cpu = treeCpuMs(rig.pid)
      const calls = await sipp('call-rtp', {
        target: rig.sipPort,
        keys: { payload: 0 },
        files: { 'sound.ul': sound },
        args: [
          '-m',
          `${CALLS}`,
          '-l',
          `${CALLS}`,
          '-r',
          '10',
          '-d',
          `${(seconds + 2) * 1000}`,
          '-timeout',
          '90s',
          '-mp',
          `${await freePort()}`,
        ],
      })
      await until('all calls', () => rig.streams.length === CALLS)
      // Ours is said to them meanwhile, so that both ways are at work.
      const talking = setInterval(() => {
        const payload = noise(32, 20).toString('base64')
        for (const stream of rig.streams) if (!stream.closed) stream.say('media', { media: { payload } })
      }, 20)
      await calls.done
      clearInterval(talking)
      await until('all ends', () => rig.streams.every(({ closed }) => closed))
      const used = treeCpuMs(rig.pid) - cpu
      const due = sound.length / FRAME_BYTES
      const off = rig.streams.map(({ frames }) => (100 * Math.abs(frames.length - due)) / due)
      const skipped = await rig.gauge('ticks_skipped_total')
      const figure = (name: string, value: number, unit: string, limit: string): Figure => ({
        name,
        variant: `${CALLS} calls of ${seconds} s`,
        value: Number(value.toFixed(3)),
        unit,
        limit,
        ratio: null,
        rounds: 1,
        quiet: true,
      })
      return [
        figure('RTP packets in that are not at the hub, worst call', Math.max(...off), '%', '1 %'),
        figure('RTP packets out that were skipped', (100 * skipped) / (50 * seconds), '%', '1 %'),
        figure(
          'likeness of what was said and what the hub got, worst of three',
          Math.min(
            ...rig.streams.slice(0, 3).map((one) => likeness(sound.subarray(0, 16_000), one.heard.subarray(0, 24_000))),
          ),
          '',
          '0.95 at least',
        ),
        figure('of a core a telephone', used / 10 / (seconds + 2) / CALLS, '%', '1 %; the hub has 0.4 %'),
      ]
    } finally {
      await rig.stop()
    }
  },
}
