import type { Budget } from '../../contract/api/budgets.ts'
import type { MailWords } from '../mail/mail-words.ts'

const MILLIONTHS = 1_000_000

/** The mail that tells that a share of a budget was passed. */
export function budgetMail(
  language: 'ar' | 'en',
  { budget, percent, currency }: { readonly budget: Budget; readonly percent: number; readonly currency: string },
): MailWords {
  const [spent, amount] = [budget.spent, budget.amount].map((value) => `${(value / MILLIONTHS).toFixed(2)} ${currency}`)
  const stopped = budget.hardStop && percent >= 100
  return language === 'ar'
    ? {
        subject: `واتساب: بلغت تكاليف الشهر ${percent}% من الميزانية`,
        body: `بلغت تكاليف رسائل واتساب هذا الشهر ${spent} من ميزانية قدرها ${amount}.\n${
          stopped ? 'توقف إرسال ما يكلف، إلا الردود التي يؤكدها أحد الفريق. الردود من الهاتف تبقى مجانية.\n' : ''
        }`,
      }
    : {
        subject: `WhatsApp: the month’s costs have reached ${percent}% of the budget`,
        body: `WhatsApp messages have cost ${spent} this month, of a budget of ${amount}.\n${
          stopped
            ? 'Nothing that costs is sent any more, but for answers that a member confirms. Answers from the phone stay free.\n'
            : ''
        }`,
      }
}
