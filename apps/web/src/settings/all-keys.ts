/** Every key of the app, where it works and what it does; the sheet behind `?` shows those that work right now. */

export const ALL_KEYS = [
  {
    group: 'move',
    keys: [
      ['next', 'J'],
      ['previous', 'K'],
      ['open', '↵'],
      ['back', 'Esc'],
      ['search', '/'],
      ['find', 'Ctrl F'],
      ['nextHit', 'Ctrl G'],
      ['previousHit', 'Ctrl ⇧G'],
      ['applyNew', '.'],
      ['region', 'F6'],
      ['palette', 'Ctrl K'],
      ['sheet', '?'],
    ],
  },
  {
    group: 'act',
    keys: [
      ['reply', 'R'],
      ['note', 'N'],
      ['coach', '⇧C'],
      ['close', 'E'],
      ['transfer', 'T'],
      ['snooze', 'H'],
      ['stage', 'S'],
      ['tag', '#'],
      ['assign', 'A'],
      ['agent', '⇧A'],
      ['pause', '⇧P'],
      ['block', '⇧B'],
      ['filter', 'F'],
      ['select', 'X'],
      ['selectTo', '⇧X'],
      ['undo', 'Z'],
    ],
  },
  {
    group: 'go',
    keys: [
      ['conversations', 'G C'],
      ['knowledge', 'G K'],
      ['agents', 'G A'],
      ['settings', 'G S'],
    ],
  },
] as const
