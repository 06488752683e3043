/** The launcher's few words, in the visitor's language. */

interface Words {
  open: string
  close: string
  chat: string
  /** After the name of the launcher; `#` is the number. */
  unread: string
}

const WORDS: Record<string, Words> = {
  en: { open: 'Open chat', close: 'Close chat', chat: 'Chat', unread: 'unread messages: #' },
  de: { open: 'Chat öffnen', close: 'Chat schließen', chat: 'Chat', unread: 'ungelesene Nachrichten: #' },
  es: { open: 'Abrir el chat', close: 'Cerrar el chat', chat: 'Chat', unread: 'mensajes sin leer: #' },
  fr: { open: 'Ouvrir le chat', close: 'Fermer le chat', chat: 'Chat', unread: 'messages non lus : #' },
  pt: { open: 'Abrir o chat', close: 'Fechar o chat', chat: 'Chat', unread: 'mensagens não lidas: #' },
  ar: { open: 'فتح المحادثة', close: 'إغلاق المحادثة', chat: 'محادثة', unread: 'رسائل غير مقروءة: #' },
}

export const words: Words =
  (navigator.languages ?? []).map((language) => WORDS[language.slice(0, 2).toLowerCase()]).find(Boolean) ?? WORDS.en!
