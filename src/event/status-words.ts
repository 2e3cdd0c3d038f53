/** What a status text says, for the statuses that a listener without a usable key is known to report. */
type KeyStatus = 'access-denied' | 'exists' | 'bad-keyset'
export type WordedStatus = KeyStatus | 'disk-full'

/**
 * The system's message texts of E_ACCESSDENIED, NTE_EXISTS and NTE_BAD_KEYSET by language, without their full stop.
 * Classic events carry the text in the machine's language instead of the number. Texts differ a little between builds:
 * those known are all listed; a text that is not here is `other`, and shown as it stands.
 */
const WORDS: readonly (readonly [language: string, Readonly<Record<KeyStatus, readonly string[]>>])[] = [
  [
    'en',
    entry(
      ['Access is denied', 'Access denied'],
      ['Object already exists'],
      ['Keyset does not exist', 'Key set does not exist'],
    ),
  ],
  [
    'de',
    entry(
      ['Zugriff verweigert'],
      ['Das Objekt ist bereits vorhanden', 'Objekt ist bereits vorhanden'],
      ['Der Schlüsselsatz ist nicht vorhanden', 'Schlüsselsatz ist nicht vorhanden'],
    ),
  ],
  ['fr', entry(['Accès refusé', "L'accès est refusé"], ["L'objet existe déjà"], ["Le jeu de clés n'existe pas"])],
  ['es', entry(['Acceso denegado'], ['El objeto ya existe'], ['El conjunto de claves no existe'])],
  [
    'it',
    entry(
      ['Accesso negato'],
      ["L'oggetto esiste già", 'Oggetto già esistente'],
      ['Il set di chiavi non esiste', 'Keyset inesistente'],
    ),
  ],
  ['pt', entry(['Acesso negado'], ['O objeto já existe', 'O objecto já existe'], ['O conjunto de chaves não existe'])],
  [
    'nl',
    entry(
      ['Toegang geweigerd'],
      ['Object bestaat al', 'Het object bestaat al'],
      ['De sleutelset bestaat niet', 'Sleutelset bestaat niet'],
    ),
  ],
  ['pl', entry(['Odmowa dostępu'], ['Obiekt już istnieje'], ['Zestaw kluczy nie istnieje'])],
  ['ru', entry(['Отказано в доступе'], ['Объект уже существует'], ['Набор ключей не существует'])],
  [
    'ja',
    entry(
      ['アクセスが拒否されました'],
      ['オブジェクトは既に存在します'],
      ['キーセットがありません', 'キー セットがありません', 'キー セットが存在しません'],
    ),
  ],
  [
    'zh',
    entry(['拒绝访问', '存取被拒'], ['对象已存在', '物件已存在'], ['密钥集不存在', '金鑰組不存在', '金鑰集不存在']),
  ],
  [
    'ko',
    entry(['액세스가 거부되었습니다'], ['개체가 이미 있습니다'], ['키 집합이 없습니다', '키 집합이 존재하지 않습니다']),
  ],
  ['tr', entry(['Erişim engellendi'], ['Nesne zaten var'], ['Anahtar kümesi yok', 'Anahtar kümesi bulunmuyor'])],
  ['cs', entry(['Přístup byl odepřen', 'Přístup odepřen'], ['Objekt již existuje'], ['Sada klíčů neexistuje'])],
  ['sv', entry(['Åtkomst nekad'], ['Objektet finns redan'], ['Nyckeluppsättningen finns inte'])],
]

function entry(
  accessDenied: readonly string[],
  exists: readonly string[],
  badKeyset: readonly string[],
): Readonly<Record<KeyStatus, readonly string[]>> {
  return { 'access-denied': accessDenied, exists, 'bad-keyset': badKeyset }
}

/** ERROR_DISK_FULL, in the same languages: a key cannot be written where there is no room for it. */
const DISK_FULL: readonly string[] = [
  'There is not enough space on the disk',
  'Es steht nicht genug Speicherplatz auf dem Datenträger zur Verfügung',
  'Espace insuffisant sur le disque',
  'Espacio en disco insuficiente',
  'Spazio su disco insufficiente',
  'Espaço insuficiente no disco',
  'Espaço em disco insuficiente',
  'Er is onvoldoende schijfruimte',
  'Onvoldoende schijfruimte',
  'Za mało miejsca na dysku',
  'Недостаточно места на диске',
  'ディスクに十分な空き領域がありません',
  '磁盘空间不足',
  '磁碟空間不足',
  '디스크 공간이 부족합니다',
  'Diskte yeterli yer yok',
  'Na disku není dost místa',
  'Det finns inte tillräckligt med ledigt utrymme på disken',
]

const byText = new Map<string, WordedStatus>()
for (const [, statuses] of WORDS) {
  for (const status of ['access-denied', 'exists', 'bad-keyset'] as const) {
    for (const text of statuses[status]) byText.set(bare(text), status)
  }
}

for (const text of DISK_FULL) byText.set(bare(text), 'disk-full')

/** The status a localized message text stands for; undefined when the text is none that is known. */
export function statusOfWords(text: string): WordedStatus | undefined {
  return byText.get(bare(text))
}

/** Without what differs between builds and events: letter case, kinds of blanks and apostrophes, trailing marks. */
function bare(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\u0000\u200e\u200f]/g, '')
    .replace(/[\u2019\u02bc]/g, "'")
    .replace(/\s+/g, ' ')
    .replace(/[\s.。．!]+$/u, '')
    .trim()
    .toLowerCase()
}
