import { c, type Dialogue, dialogue, document, p, photo, quoting, react } from './shop-dialogue.ts'

/** Customers who write in both languages. */
export const mixed: readonly Dialogue[] = [
  dialogue(
    'order in two languages',
    'mixed',
    [
      c('Hi, هل {product} متوفر؟', 'السلام عليكم, is {product} available?'),
      p('أهلًا {name}، نعم متوفر. {size} بـ{price} ريال', 'Hello {name}, yes. {size}, SAR {price}'),
      c('Nice! ممكن same day delivery؟', 'Great, والتوصيل same day؟'),
      p('داخل الرياض نعم، خلال 3 ساعات. Outside Riyadh {courier} needs two days.'),
      c('أنا في {city}, {district} district'),
      p('تم، order {order} ✅'),
      document('phone', 'invoice-{order}.pdf'),
      c('Thank you جدًا 🙏'),
      react('phone', '🌹'),
    ],
    { weight: 8, where: 'home', goods: ['perfume', 'oud', 'rose'] },
  ),
  dialogue(
    'colleague who reads English',
    'mixed',
    [
      c('السلام عليكم، زميلتي ما تقرأ عربي، ممكن تردون بالإنجليزي؟'),
      p('وعليكم السلام، of course! How can we help?'),
      c('She wants to know if {product} has alcohol in it.'),
      p('The oils have none. The sprays have perfumer’s alcohol, and it is written on the box.'),
      photo('phone', 'المكونات على العلبة / ingredients on the box'),
      quoting(1, c('Perfect, وصلت الفكرة. شكرًا')),
      react('phone', '👍'),
    ],
    { weight: 5, goods: ['perfume', 'oud'] },
  ),
  dialogue(
    'tracking in two languages',
    'mixed',
    [
      c('hi, وين طلبي {order}؟'),
      p('أهلًا، طلبك مع {courier}، tracking number {tracking}'),
      c('طيب متى؟ I am traveling tomorrow'),
      p('اليوم قبل 9 مساءً إن شاء الله'),
      c('ok تمام'),
    ],
    { weight: 6 },
  ),
]
