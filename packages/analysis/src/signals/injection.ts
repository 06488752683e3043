/** Text that tries to give the agent orders, and answers that give its secrets away. It is data here, and never obeyed. */
import { anyOf, anywhere } from '../text/words.ts'

const INJECTION = [
  anyOf(
    `(?:ignore|disregard|forget|override|bypass)(?: \\w+){0,4} (?:previous|prior|above|earlier|all|your|system)(?: \\w+){0,3} (?:instructions?|prompts?|rules?|guidelines?|directions?|training)`,
    `(?:reveal|show|print|repeat|output|tell me|give me|leak|dump)(?: \\w+){0,3} (?:system prompt|initial prompt|hidden prompt|your (?:own |system |initial |hidden )?(?:prompt|instructions|rules|configuration))`,
    `you are (?:now|no longer)(?: \\w+){0,6} (?:dan|jailbroken|developer mode|unrestricted|evil|an? (?:ai|assistant|model))`,
    `(?:developer|debug|god|admin|sudo) mode`,
    `do anything now`,
    `jailbreak\\w*`,
    `pretend (?:to be|you are|you're)(?: \\w+){0,5} (?:without|no) (?:rules|restrictions|limits|filters?)`,
    `(?:new|updated) (?:system )?instructions?:`,
    `act as (?:if you (?:have|had) no|an unrestricted|a linux terminal)`,
    `(?:rate|score|mark|review) (?:this|the) (?:conversation|chat)(?: \\w+){0,4} (?:100|perfect|resolved|positive)`,
    `ignorier\\w*(?: \\S+){0,4} (?:anweisungen|regeln)`,
    `ignora(?: \\S+){0,4} (?:instrucciones|istruzioni|instruções)`,
    `ignore[sz]?(?: \\S+){0,4} (?:instructions|consignes)`,
    `(?:игнорируй|забудь)\\S*(?: \\S+){0,4} (?:инструкц\\S*|указани\\S*)`,
  ),
  anywhere(
    '<\\|(?:im_start|system|endoftext)',
    '\\[/?INST\\]',
    '<</?SYS>>',
    '^\\s*(?:system|assistant)\\s*:',
    '忽略(?:之前|以上|所有)[^。]{0,8}(?:指令|提示)',
    'تجاهل (?:جميع |كل )?التعليمات',
    '指示を無視',
  ),
]
const LEAK = [
  anyOf(
    `my (?:system )?(?:prompt|instructions) (?:is|are|says?|read)`,
    `(?:i was|i am|i've been) (?:instructed|told|programmed) to(?: \\w+){3}`,
    `here (?:is|are) my (?:system )?(?:prompt|instructions)`,
  ),
  anywhere(
    '\\bsk-[A-Za-z0-9_-]{20,}',
    '\\bAKIA[0-9A-Z]{16}\\b',
    '-----BEGIN (?:RSA |EC |OPENSSH )?PRIVATE KEY',
    '\\bgh[pousr]_[A-Za-z0-9]{30,}',
    '\\bxox[baprs]-[A-Za-z0-9-]{10,}',
    'eyJ[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{10,}',
  ),
]

export const injectionIn = (text: string): RegExpExecArray | null => firstMatch(INJECTION, text)
export const leakIn = (text: string): RegExpExecArray | null => firstMatch(LEAK, text)

const firstMatch = (lists: RegExp[], text: string): RegExpExecArray | null => {
  for (const phrases of lists) {
    const found = phrases.exec(text.slice(0, 6000))
    if (found) return found
  }
  return null
}
