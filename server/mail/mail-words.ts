/** The words of Wasl's mails: plain text, one language each, as the settings say. */

type Language = 'ar' | 'en'

export interface MailWords {
  readonly subject: string
  readonly body: string
}

/** A mail that only shows that mails arrive. */
export function testMail(language: Language): MailWords {
  return language === 'ar'
    ? {
        subject: 'تجربة البريد من وصل',
        body: 'وصلت هذه الرسالة، فإعدادات البريد صحيحة. سيذكّرك وصل بالبريد عندما يحتاج الهاتف إلى أن يُفتح.\n',
      }
    : {
        subject: 'A test of mail from Wasl',
        body: 'This mail arrived, so the mail settings are right. Wasl will write to you when the phone must be opened.\n',
      }
}
