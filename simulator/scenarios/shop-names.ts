/** A name with its usual Latin spelling. */
type NameInTwoScripts = readonly [arabic: string, latin: string]

export const arabicMen: readonly NameInTwoScripts[] = [
  ['عبدالله', 'Abdullah'],
  ['محمد', 'Mohammed'],
  ['فهد', 'Fahad'],
  ['سعود', 'Saud'],
  ['خالد', 'Khalid'],
  ['تركي', 'Turki'],
  ['عبدالعزيز', 'Abdulaziz'],
  ['ناصر', 'Nasser'],
  ['بندر', 'Bandar'],
  ['يوسف', 'Yousef'],
  ['عمر', 'Omar'],
  ['ماجد', 'Majed'],
  ['فيصل', 'Faisal'],
  ['راكان', 'Rakan'],
  ['مشعل', 'Mishal'],
  ['إبراهيم', 'Ibrahim'],
  ['حسن', 'Hassan'],
  ['طارق', 'Tariq'],
  ['زياد', 'Ziyad'],
  ['وليد', 'Waleed'],
  ['أنس', 'Anas'],
  ['سلطان', 'Sultan'],
]

export const arabicWomen: readonly NameInTwoScripts[] = [
  ['ليلى', 'Layla'],
  ['نوف', 'Nouf'],
  ['سارة', 'Sarah'],
  ['هند', 'Hind'],
  ['ريم', 'Reem'],
  ['أمل', 'Amal'],
  ['لطيفة', 'Latifa'],
  ['منيرة', 'Munira'],
  ['العنود', 'Alanoud'],
  ['غادة', 'Ghada'],
  ['شهد', 'Shahad'],
  ['دانة', 'Dana'],
  ['مها', 'Maha'],
  ['هيا', 'Haya'],
  ['أروى', 'Arwa'],
  ['رغد', 'Raghad'],
  ['جواهر', 'Jawaher'],
  ['وجدان', 'Wijdan'],
  ['بشاير', 'Bashayer'],
  ['فاطمة', 'Fatimah'],
  ['مريم', 'Maryam'],
  ['خلود', 'Khulood'],
]

export const gulfFamilies: readonly NameInTwoScripts[] = [
  ['الحربي', 'Alharbi'],
  ['العتيبي', 'Alotaibi'],
  ['القحطاني', 'Alqahtani'],
  ['الشمري', 'Alshammari'],
  ['الدوسري', 'Aldosari'],
  ['الغامدي', 'Alghamdi'],
  ['الزهراني', 'Alzahrani'],
  ['المطيري', 'Almutairi'],
  ['السبيعي', 'Alsubaie'],
  ['العنزي', 'Alanazi'],
  ['البلوي', 'Albalawi'],
  ['الشهري', 'Alshehri'],
  ['المالكي', 'Almalki'],
  ['الثقفي', 'Althaqafi'],
  ['الجهني', 'Aljuhani'],
  ['السالم', 'Alsalem'],
  ['المنصور', 'Almansour'],
  ['الفارسي', 'Alfarsi'],
  ['العجمي', 'Alajmi'],
  ['الهاجري', 'Alhajri'],
]

export const egyptianFamilies: readonly NameInTwoScripts[] = [
  ['عبد الرحمن', 'Abdelrahman'],
  ['السيد', 'Elsayed'],
  ['حسنين', 'Hassanein'],
  ['منصور', 'Mansour'],
  ['فؤاد', 'Fouad'],
  ['شاهين', 'Shaheen'],
  ['البنا', 'Elbanna'],
  ['رمضان', 'Ramadan'],
]

/** Children's names, for "mother of" and "father of". */
export const children = ['فهد', 'سلمان', 'عبدالرحمن', 'تركي', 'يزيد', 'نواف', 'ليان', 'جود', 'ريان', 'مشاري']

/** Given name, family name, gender. */
export const westernPeople: Readonly<Record<'GB' | 'PT' | 'IN', readonly (readonly [string, string, 'm' | 'f'])[]>> = {
  GB: [
    ['Emily', 'Carter', 'f'],
    ['Oliver', 'Bennett', 'm'],
    ['Aisha', 'Rahman', 'f'],
    ['James', 'Whitfield', 'm'],
    ['Hannah', 'Price', 'f'],
    ['Daniel', 'Okafor', 'm'],
    ['Sophie', 'Marsh', 'f'],
    ['Imran', 'Chaudhry', 'm'],
  ],
  PT: [
    ['Tomás', 'Pereira', 'm'],
    ['Inês', 'Carvalho', 'f'],
    ['Beatriz', 'Moreira', 'f'],
    ['Rui', 'Fonseca', 'm'],
    ['Marta', 'Teixeira', 'f'],
  ],
  IN: [
    ['Priya', 'Raman', 'f'],
    ['Arjun', 'Menon', 'm'],
    ['Fatima', 'Sheikh', 'f'],
    ['Rahul', 'Desai', 'm'],
    ['Ananya', 'Iyer', 'f'],
    ['Mohammed', 'Kutty', 'm'],
    ['Neha', 'Kapoor', 'f'],
    ['Vikram', 'Nair', 'm'],
  ],
}
