import { language } from './language.ts'

/** Every string of the popup, in both languages. */
export const SIGNUP_WORDS = {
  title: ['Connect a number', 'ربط رقم'],
  notMeta: ['This is the simulator, not Meta.', 'هذا هو المحاكي وليس ميتا.'],
  accounts: ['Which business accounts may the app use?', 'أيّ حسابات أعمال يجوز للتطبيق استخدامها؟'],
  numberTitle: ['Which number do you want to connect?', 'أيّ رقم تريد ربطه؟'],
  inUse: ['connected already', 'مربوط بالفعل'],
  next: ['Next', 'التالي'],
  back: ['Back', 'رجوع'],
  cancel: ['Cancel', 'إلغاء'],
  loading: ['Making half a year of conversations…', 'جارٍ إنشاء محادثات نصف عام…'],
  confirmTitle: ['Confirm on the phone', 'أكّد على الهاتف'],
  codeLead: [
    'Facebook has sent a message to the WhatsApp Business app. Open it there, and give it this code.',
    'أرسل فيسبوك رسالة إلى تطبيق واتساب للأعمال. افتحها هناك وأدخل هذا الرمز.',
  ],
  qrLead: ['Scan this picture with the phone instead.', 'امسح هذه الصورة بالهاتف بدلًا من ذلك.'],
  useQr: ['Scan a QR code instead', 'مسح رمز QR بدلًا من ذلك'],
  useCode: ['Use the code instead', 'استخدام الرمز بدلًا من ذلك'],
  phone: ['The phone', 'الهاتف'],
  facebookSays: [
    'Facebook: connect your WhatsApp Business account to the Business Platform?',
    'فيسبوك: هل تريد ربط حساب واتساب للأعمال بمنصة الأعمال؟',
  ],
  connect: ['Connect to the Business Platform', 'الربط بمنصة الأعمال'],
  shareTitle: ['Share the chats of the last six months?', 'مشاركة محادثات الأشهر الستة الأخيرة؟'],
  share: ['Share chats', 'مشاركة المحادثات'],
  dontShare: ["Don't share chats", 'عدم مشاركة المحادثات'],
  enterCode: ['Code from the window', 'الرمز الظاهر في النافذة'],
  confirm: ['Confirm', 'تأكيد'],
  scan: ['Scan', 'مسح'],
  wrongCode: ['That is not the code.', 'هذا ليس الرمز.'],
  finishTitle: ['Ready to connect', 'جاهز للربط'],
  finish: ['Finish', 'إنهاء'],
  shared: ['Chats are shared.', 'ستتم مشاركة المحادثات.'],
  notShared: ['Chats are not shared.', 'لن تتم مشاركة المحادثات.'],
  misuse: ['For testing: let it end otherwise', 'للاختبار: اجعلها تنتهي بشكل آخر'],
  end: ['End so', 'إنهاء هكذا'],
  noOpener: ['This page is opened by Wasl, as a popup.', 'تُفتح هذه الصفحة من وصل كنافذة منبثقة.'],
} as const satisfies Readonly<Record<string, readonly [string, string]>>

/** A string of the popup in the page's language. */
export function say(key: keyof typeof SIGNUP_WORDS): string {
  return SIGNUP_WORDS[key][language === 'ar' ? 1 : 0]
}
