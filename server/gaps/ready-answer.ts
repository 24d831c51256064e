import type { AutoAnswer } from '../../contract/api/gaps.ts'

/** What a customer is told, until the firm words it otherwise. */
export const READY_ANSWER: Pick<AutoAnswer, 'textAr' | 'textEn'> = {
  textAr:
    'وصلتنا إشارة بأنك أرسلت رسالة، لكن محتواها لم يصل إلينا. من فضلك أرسلها مرة أخرى من تطبيق واتساب على هاتفك، كنص أو صورة عادية. شكرًا لك.',
  textEn:
    'We were told that you sent a message, but what is in it did not reach us. Please send it again from WhatsApp on your phone, as text or as an ordinary picture. Thank you.',
}

/** What Meta names as unsupported and is no message: nobody waits for an answer to it. */
export const NO_MESSAGES: readonly string[] = ['edit', 'pin', 'keep_in_chat', 'reaction', 'poll_update']
