/** The words of a voice note: they come with its code, which only visitors who record load. */
import { language } from '../texts.ts'

const en = {
  recording: 'Recording. It is sent only when you press send.',
  cancel: 'Discard the voice note',
  send: 'Send the voice note',
  denied: 'The microphone is not allowed here. Allow it in your browser, or attach a sound file.',
  missing: 'No microphone was found. You can attach a sound file instead.',
}

const TABLES: Record<string, typeof en> = {
  de: {
    recording: 'Aufnahme läuft. Gesendet wird erst, wenn Sie auf Senden drücken.',
    cancel: 'Sprachnachricht verwerfen',
    send: 'Sprachnachricht senden',
    denied: 'Das Mikrofon ist hier nicht erlaubt. Erlauben Sie es im Browser oder hängen Sie eine Tondatei an.',
    missing: 'Es wurde kein Mikrofon gefunden. Sie können stattdessen eine Tondatei anhängen.',
  },
  es: {
    recording: 'Grabando. Solo se envía cuando pulse enviar.',
    cancel: 'Descartar el mensaje de voz',
    send: 'Enviar el mensaje de voz',
    denied: 'El micrófono no está permitido aquí. Permítalo en el navegador o adjunte un archivo de sonido.',
    missing: 'No se encontró ningún micrófono. Puede adjuntar un archivo de sonido.',
  },
  fr: {
    recording: 'Enregistrement. Il n’est envoyé que lorsque vous appuyez sur envoyer.',
    cancel: 'Abandonner le message vocal',
    send: 'Envoyer le message vocal',
    denied: 'Le micro n’est pas autorisé ici. Autorisez-le dans le navigateur ou joignez un fichier audio.',
    missing: 'Aucun micro trouvé. Vous pouvez joindre un fichier audio.',
  },
  pt: {
    recording: 'A gravar. Só é enviada quando premir enviar.',
    cancel: 'Descartar a mensagem de voz',
    send: 'Enviar a mensagem de voz',
    denied: 'O microfone não é permitido aqui. Permita-o no navegador ou anexe um ficheiro de som.',
    missing: 'Não foi encontrado nenhum microfone. Pode anexar um ficheiro de som.',
  },
  ar: {
    recording: 'جارٍ التسجيل. لا تُرسل إلا عند الضغط على إرسال.',
    cancel: 'تجاهل الرسالة الصوتية',
    send: 'إرسال الرسالة الصوتية',
    denied: 'الميكروفون غير مسموح به هنا. اسمح به في المتصفح أو أرفق ملفًا صوتيًا.',
    missing: 'لم يُعثر على ميكروفون. يمكنك إرفاق ملف صوتي.',
  },
}

export const words = TABLES[language.slice(0, 2).toLowerCase()] ?? en
