/** The launcher's few words, in the visitor's language. */

interface Words {
  open: string
  close: string
  /** Between the name of the launcher and the number. */
  unread: string
}

const WORDS: Record<string, Words> = {
  en: { open: 'Open chat', close: 'Close chat', unread: 'unread messages' },
  de: { open: 'Chat öffnen', close: 'Chat schließen', unread: 'ungelesene Nachrichten' },
  es: { open: 'Abrir el chat', close: 'Cerrar el chat', unread: 'mensajes sin leer' },
  fr: { open: 'Ouvrir le chat', close: 'Fermer le chat', unread: 'messages non lus' },
  pt: { open: 'Abrir o chat', close: 'Fechar o chat', unread: 'mensagens não lidas' },
  ar: { open: 'فتح المحادثة', close: 'إغلاق المحادثة', unread: 'رسائل غير مقروءة' },
}

export const words: Words =
  (navigator.languages ?? []).map((language) => WORDS[language.slice(0, 2).toLowerCase()]).find(Boolean) ?? WORDS.en!
