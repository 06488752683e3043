/** The few words of ours in what a rule shows; everything else was written by the website's owner. */

const WORDS: Record<string, [yes: string, no: string, close: string, optional: string]> = {
  en: ['Yes', 'No thanks', 'Close', 'optional'],
  de: ['Ja', 'Nein danke', 'Schließen', 'freiwillig'],
  es: ['Sí', 'No, gracias', 'Cerrar', 'opcional'],
  fr: ['Oui', 'Non merci', 'Fermer', 'facultatif'],
  pt: ['Sim', 'Não, obrigado', 'Fechar', 'opcional'],
  ar: ['نعم', 'لا شكرًا', 'إغلاق', 'اختياري'],
}

const language =
  (navigator.languages ?? []).map((one) => one.slice(0, 2).toLowerCase()).find((one) => one in WORDS) ?? 'en'
const [yes, no, close, optional] = WORDS[language]!
export const words = { yes, no, close, optional }
export const direction = language === 'ar' ? 'rtl' : 'ltr'
