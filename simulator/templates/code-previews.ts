import type { GraphAnswer, GraphCall } from '../graph/call.ts'

/** Meta's fixed texts of one-time passwords, in a few languages (…/templates/authentication-templates/template-preview). */
const TEXTS: Readonly<
  Record<
    string,
    { body: string; security: string; footer: (minutes: number) => string; copy: string; autofill: string }
  >
> = {
  en: english(),
  en_US: english(),
  ar: {
    body: '*{{1}}* هو كود التحقق الخاص بك.',
    security: 'للحفاظ على أمانك، تجنب مشاركة هذا الكود.',
    footer: (minutes) => `تنتهي صلاحية هذا الكود خلال ${minutes} دقيقة.`,
    copy: 'نسخ الكود',
    autofill: 'تعبئة تلقائية',
  },
  es_ES: {
    body: 'Tu código de verificación es *{{1}}*.',
    security: 'Por tu seguridad, no lo compartas.',
    footer: (minutes) => `Este código caduca en ${minutes} minutos.`,
    copy: 'Copiar código',
    autofill: 'Autocompletar',
  },
}

/** `GET /{waba}/message_template_previews`: of the languages that were asked for, or of all. */
export function codePreviews(call: GraphCall): GraphAnswer {
  const { category, languages, language, button_types: buttons, code_expiration_minutes: given } = call.query
  if (category?.toUpperCase() !== 'AUTHENTICATION') return { code: 100, details: 'category must be AUTHENTICATION.' }
  if (buttons !== 'OTP') return { code: 100, details: 'button_types must be OTP.' }
  const minutes = given === undefined ? null : Number(given)
  if (minutes !== null && !(Number.isInteger(minutes) && minutes >= 1 && minutes <= 90))
    return { code: 100, details: 'code_expiration_minutes must be 1 to 90.' }
  const asked = (languages ?? language ?? Object.keys(TEXTS).join(',')).split(',')
  const data = asked.flatMap((code) => {
    const texts = TEXTS[code]
    if (texts === undefined) return []
    const security = call.query.add_security_recommendation === 'true' ? ` ${texts.security}` : ''
    return {
      body: `${texts.body}${security}`,
      buttons: [{ autofill_text: texts.autofill, text: texts.copy }],
      ...(minutes === null ? {} : { footer: texts.footer(minutes) }),
      language: code,
    }
  })
  return { json: { data } }
}

function english() {
  return {
    body: '*{{1}}* is your verification code.',
    security: 'For your security, do not share this code.',
    footer: (minutes: number) => `This code expires in ${minutes} minutes.`,
    copy: 'Copy code',
    autofill: 'Autofill',
  }
}
