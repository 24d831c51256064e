import { REMOVAL_REASONS, type RemovalReason, type StateReason } from '../../contract/state-reason.ts'
import type { DueReminder, WatchedNumber } from './due-reminders.ts'

/** The words of reminders: plain text, in the language of the mail settings. */

type Language = 'ar' | 'en'
type Named = Pick<WatchedNumber, 'displayPhone' | 'verifiedName' | 'stateReason'>

/** Subject and body of a reminder about a number. */
export function reminderMail(
  language: Language,
  reminder: DueReminder,
  number: Named,
): { readonly subject: string; readonly body: string } {
  // A phone number reads left to right, also within Arabic; the subject stands without the firm's name, which may be long.
  const phone = language === 'ar' ? `\u2066${number.displayPhone}\u2069` : number.displayPhone
  const { subject, lines } = (language === 'ar' ? arabic : english)(reminder, { ...number, displayPhone: phone })
  return { subject: subject.replace(/[\r\n]+/g, ' '), body: `${lines.join('\n\n')}\n` }
}

interface Words {
  readonly subject: string
  readonly lines: readonly string[]
}

function english(
  { kind, silentDays, daysLeft }: DueReminder,
  { displayPhone, verifiedName, stateReason }: Named,
): Words {
  const number = `${displayPhone} (${verifiedName})`
  switch (kind) {
    case 'open_phone': {
      const left =
        daysLeft === 0 ? 'It may end today.' : daysLeft === 1 ? 'One day is left.' : `${daysLeft} days are left.`
      return {
        subject: `Open WhatsApp Business on the phone of ${displayPhone}`,
        lines: [
          `The phone of ${number} has given no sign of life for ${silentDays} days.`,
          `WhatsApp ends the connection after about 14 days. ${left}`,
          'Open WhatsApp Business on that phone, online, for a minute. Then tap “I opened it” on the page of the number in Wasl.',
        ],
      }
    }
    case 'offboarded':
      return {
        subject: `WhatsApp has suspended ${displayPhone}`,
        lines: [
          `${number} cannot send from Wasl at the moment; usually the phone or the app on it is new.`,
          'Open WhatsApp Business on the phone and accept to connect again. Messages that wait in Wasl go out then.',
          'Until then answer on the phone: it works as before.',
        ],
      }
    case 'removed':
      return {
        subject: `${displayPhone} is no longer connected`,
        lines: [
          `The connection of ${number} has ended.${reasonWords(EN_REASONS, stateReason)}`,
          'The page of the number in Wasl leads through connecting it again. Nothing that is in Wasl is lost.',
          'Until then answer on the phone: it works as before.',
        ],
      }
    default:
      return kind satisfies never
  }
}

function arabic(
  { kind, silentDays, daysLeft }: DueReminder,
  { displayPhone, verifiedName, stateReason }: Named,
): Words {
  const number = `${displayPhone} (${verifiedName})`
  switch (kind) {
    case 'open_phone': {
      const left =
        daysLeft === 0 ? 'قد ينتهي اليوم.' : daysLeft === 1 ? 'بقي يوم واحد.' : `الأيام الباقية: ${daysLeft}.`
      return {
        subject: `افتح واتساب للأعمال على هاتف ${displayPhone}`,
        lines: [
          `لم يُبدِ هاتف ${number} أي علامة حياة منذ ${silentDays} يومًا.`,
          `ينهي واتساب الاتصال بعد نحو 14 يومًا. ${left}`,
          'افتح واتساب للأعمال على ذلك الهاتف وهو متصل بالإنترنت دقيقة واحدة، ثم اضغط «فتحته» في صفحة الرقم في وصل.',
        ],
      }
    }
    case 'offboarded':
      return {
        subject: `علّق واتساب الرقم ${displayPhone}`,
        lines: [
          `لا يستطيع ${number} الإرسال من وصل حاليًا؛ والغالب أن الهاتف أو التطبيق عليه جديد.`,
          'افتح واتساب للأعمال على الهاتف واقبل إعادة الوصل. عندها تخرج الرسائل المنتظرة في وصل.',
          'وحتى ذلك الحين أجب من الهاتف، فهو يعمل كما كان.',
        ],
      }
    case 'removed':
      return {
        subject: `لم يعد ${displayPhone} موصولًا`,
        lines: [
          `انتهى اتصال ${number}.${reasonWords(AR_REASONS, stateReason)}`,
          'صفحة الرقم في وصل ترشدك إلى وصله من جديد. ولم يضع شيء مما في وصل.',
          'وحتى ذلك الحين أجب من الهاتف، فهو يعمل كما كان.',
        ],
      }
    default:
      return kind satisfies never
  }
}

/** Why Meta says a connection was ended. */
const EN_REASONS: Readonly<Record<RemovalReason, string>> = {
  account_disconnected: 'Somebody disconnected it in the app on the phone.',
  business_downgrade: 'The phone went back to the ordinary WhatsApp.',
  change_number: 'The number was changed in the app.',
  user_re_registered: 'The number was registered anew on a phone.',
  primary_inactivity: 'The phone was not opened for about 14 days.',
  companion_inactivity: 'The connection was not used for about 30 days.',
}
const AR_REASONS: Readonly<Record<RemovalReason, string>> = {
  account_disconnected: 'فصله أحدهم من التطبيق على الهاتف.',
  business_downgrade: 'عاد الهاتف إلى واتساب العادي.',
  change_number: 'غُيّر الرقم في التطبيق.',
  user_re_registered: 'سُجّل الرقم من جديد على هاتف.',
  primary_inactivity: 'لم يُفتح الهاتف نحو 14 يومًا.',
  companion_inactivity: 'لم يُستعمل الاتصال نحو 30 يومًا.',
}

function reasonWords(reasons: Readonly<Record<RemovalReason, string>>, reason: StateReason | null): string {
  const known = REMOVAL_REASONS.find((one) => one === reason)
  return known === undefined ? '' : ` ${reasons[known]}`
}
