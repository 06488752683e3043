/** The launcher's few words, in the visitor's language. */

/** What opens, what closes, and what stands between the name of the launcher and the number. */
type Words = readonly [open: string, close: string, unread: string]

const WORDS: Record<string, Words> = {
  en: ['Open chat', 'Close chat', 'unread messages'],
  de: ['Chat öffnen', 'Chat schließen', 'ungelesene Nachrichten'],
  es: ['Abrir el chat', 'Cerrar el chat', 'mensajes sin leer'],
  fr: ['Ouvrir le chat', 'Fermer le chat', 'messages non lus'],
  pt: ['Abrir o chat', 'Fechar o chat', 'mensagens não lidas'],
  ar: ['فتح المحادثة', 'إغلاق المحادثة', 'رسائل غير مقروءة'],
}

export const [open, close, unreadMessages]: Words =
  (navigator.languages ?? []).map((language) => WORDS[language.slice(0, 2).toLowerCase()]).find(Boolean) ?? WORDS.en!
