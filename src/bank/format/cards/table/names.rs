//! What the names of columns reveal about a table of cards, in many languages. Names are hints: without them the cells
//! decide.

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use crate::bank::format::record::header::ColumnRole;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CardColumn {
    Front,
    Back,
    /// A text in the language that the column is named after.
    Language,
    /// How the front is read aloud.
    Pronunciation,
    /// Examples, grammar, comments.
    Notes,
    Topic,
    Tags,
    Id,
    /// Options or their marks: a table with them holds no cards.
    Choice,
    /// It is left out (`-`).
    Out,
    Other,
}

const FRONTS: &str = "front statement aussage afirmación affirmation affermazione afirmação утверждение question questions quiz term terms word words vocab vocabulary vocable expression phrase idiom kanji \
    hanzi character prompt cue verb noun headword lemma entry concept country state element event abbreviation acronym singular \
    infinitive recto vorderseite frage fragen begriff wort wörter vokabel vokabeln ausdruck fremdwort fachbegriff land \
    ereignis einzahl mot mots terme vocabulaire pays anverso anverse pregunta preguntas palabra palabras término vocablo país fronte \
    domanda domande parola parole termine vocabolo frente pergunta perguntas palavra palavras termo вопрос вопросы слово слова термин \
    выражение страна 正面 问题 問題 題目 题目 单词 單詞 単語 词语 詞語 生词 词汇 用語 词 漢字 汉字 質問 设问 設問 설문 질문 단어 문제 \
    용어 soru kelime sözcük terim سؤال السؤال كلمة الكلمة المفردة مصطلح المصطلح שאלה מילה מונח प्रश्न शब्द سوال واژه کلمه pytanie \
    słowo pojęcie wyraz hasło vraag woord begrip otázka slovo slovíčko pojem fråga ord begrepp spørgsmål spørsmål begreb kysymys \
    sana kérdés szó fogalom ερώτηση λέξη όρος întrebare cuvânt termen питання слово термін запитання từ คำถาม คำศัพท์ pertanyaan kata \
    soal neno swali galdera hitz pregunta paraula въпрос дума";
const BACKS: &str = "back answer answers reply response definition definitions meaning meanings translation translations gloss sense \
    solution capital symbol year plural description verso rückseite antwort antworten bedeutung bedeutungen sinn übersetzung lösung \
    hauptstadt jahr mehrzahl erläuterung réponse réponses signification sens traduction définition solution capitale année reverso \
    respuesta respuestas significado definición traducción solución capital retro risposta risposte significato traduzione \
    definizione soluzione resposta respostas tradução definição ответ ответы перевод значение определение столица 背面 反面 答案 意思 意味 \
    含义 释义 翻译 翻譯 訳 和訳 定義 定义 回答 解答 答え 模範解答 答 의미 뜻 답 정답 해답 번역 정의 cevap yanıt anlam anlamı çeviri tanım \
    جواب الجواب الإجابة إجابة معنى المعنى ترجمة الترجمة تعريف التعريف תשובה פירוש משמעות תרגום הגדרה उत्तर अर्थ अनुवाद पाسخ معنی ترجمه \
    odpowiedź znaczenie tłumaczenie definicja antwoord betekenis vertaling definitie odpověď význam překlad odpoveď svar betydelse \
    betydning översättning oversættelse oversettelse vastaus käännös merkitys válasz jelentés fordítás meghatározás απάντηση σημασία \
    μετάφραση ορισμός răspuns traducere semnificație definiție відповідь переклад значення nghĩa คำตอบ ความหมาย คำแปล jawaban arti \
    terjemahan makna jibu maana erantzun traducció отговор превод";
const PRONUNCIATIONS: &str = "reading pronunciation ipa pinyin kana furigana hiragana katakana romaji rōmaji romanization romanisation \
    transliteration transcription phonetic phonetics aussprache lautschrift umschrift prononciation pronunciación pronuncia pronúncia \
    transcripción произношение транскрипция 拼音 读音 注音 読み 読み方 よみ 発音 かな ふりがな 발음 okunuş النطق תעתיק uitspraak wymowa \
    výslovnost uttal udtale uttale ääntäminen kiejtés προφορά";
const NOTES: &str = "example examples sentence sentences note notes comment comments hint hints mnemonic context usage explanation \
    explanations rationale remark remarks extra source pos type class gender article synonym synonyms antonym past participle preterite perfect present comparative beispiel beispiele \
    beispielsatz satz sätze bemerkung bemerkungen notiz notizen anmerkung hinweis erklärung eselsbrücke wortart genus artikel quelle \
    exemple exemples remarque remarques note notes astuce genre nature ejemplo ejemplos oración nota notas pista género explicación \
    esempio esempi frase frasi nota genere spiegazione exemplo exemplos observação dica explicação пример примеры предложение \
    примечание подсказка комментарий пояснение 例 例句 例文 備考 备注 メモ 説明 说明 解説 解析 品詞 词性 예문 예시 메모 설명 품사 örnek cümle \
    açıklama مثال جملة ملاحظة ملاحظات شرح דוגמה משפט הערה הערות उदाहरण वाक्य przykład przykłady zdanie uwagi voorbeeld voorbeeldzin zin \
    opmerking příklad věta poznámka exempel mening kommentar eksempel sætning setning esimerkki lause huomautus példa megjegyzés \
    παράδειγμα σημείωση exemplu propoziție приклад примітка ตัวอย่าง contoh kalimat mfano";
const TOPICS: &str = "topic category unit lesson chapter section deck subject group theme kapitel lektion thema kategorie einheit fach \
    unité leçon chapitre thème catégorie matière unidad lección capítulo tema categoría asignatura unità lezione capitolo argomento \
    categoria materia unidade lição capítulo assunto тема раздел урок категория глава 主题 主題 章节 分类 分類 单元 課 课 カテゴリ 分野 単元 章 科目 \
    ジャンル 주제 단원 분류 과목 konu ünite الموضوع موضوع فئة الفئة نושא נושא विषय temat rozdział dział lekcja onderwerp hoofdstuk les \
    categorie ämne kapitel emne aihe luku téma lecke fejezet θέμα κεφάλαιο capitol subiect topik bab";
const TAGS: &str = "tags tag keywords keyword schlagwörter schlagwort stichwörter etiquetas étiquettes etichette теги тег 标签 標籤 タグ 태그 etiketter";
const IDS: &str =
    "id uid guid uuid nr no num nummer number index idx номер 编号 序号 番号 번호 numéro número numero lp";
const LANGUAGES: &str = "english german french spanish italian portuguese russian chinese mandarin cantonese japanese korean latin greek \
    turkish polish dutch swedish danish norwegian finnish czech hungarian romanian ukrainian arabic hebrew hindi persian farsi \
    vietnamese thai indonesian swahili esperanto irish welsh catalan basque croatian serbian bulgarian slovak slovenian estonian \
    latvian lithuanian icelandic tagalog malay urdu bengali sanskrit yoruba zulu afrikaans albanian armenian georgian mongolian \
    deutsch englisch französisch spanisch italienisch portugiesisch russisch chinesisch japanisch koreanisch latein lateinisch \
    griechisch türkisch polnisch niederländisch schwedisch dänisch norwegisch finnisch tschechisch ungarisch arabisch kroatisch \
    français anglais allemand espagnol italien portugais russe chinois japonais coréen grec néerlandais polonais turc arabe español \
    inglés alemán francés italiano portugués ruso chino japonés coreano latín griego árabe catalán inglese tedesco francese spagnolo \
    portoghese russo cinese giapponese latino greco português inglês alemão francês espanhol japonês русский английский немецкий \
    французский испанский итальянский китайский японский латинский украинский 中文 英文 英语 英語 德语 德文 法语 日语 日文 汉语 日本語 中国語 \
    ドイツ語 フランス語 スペイン語 イタリア語 韓国語 ロシア語 한국어 영어 일본어 중국어 독일어 polski angielski niemiecki francuski hiszpański \
    rosyjski włoski nederlands engels duits frans spaans svenska engelska tyska franska spanska dansk engelsk tysk norsk fransk spansk \
    suomi englanti saksa ruotsi ranska espanja venäjä čeština česky anglicky angličtina německy němčina slovensky angol magyar német \
    francia türkçe ingilizce almanca fransızca ελληνικά αγγλικά γερμανικά العربية عربي الإنجليزية إنجليزي انجليزي الانجليزية \
    الألمانية الفرنسية עברית אנגלית גרמנית हिन्दी हिंदी अंग्रेज़ी українська англійська німецька română engleză germană indonesia \
    inggris kiswahili kiingereza català anglès euskara íslenska hrvatski engleski srpski български английски فارسی انگلیسی";
/// Codes of languages, which count if all names of a table are codes.
const CODES: &str = "ar bg ca cs da de el en eo es et eu fa fi fr ga gr gb he hi hr hu id is it ja jp ko kr la lt lv nl no pl pt ro ru se \
    sk sl sr sv sw th tr ua uk us vi zh cn";

static NAMES: LazyLock<HashMap<String, CardColumn>> = LazyLock::new(|| {
    let lists = [
        (LANGUAGES, CardColumn::Language),
        (IDS, CardColumn::Id),
        (TAGS, CardColumn::Tags),
        (TOPICS, CardColumn::Topic),
        (NOTES, CardColumn::Notes),
        (PRONUNCIATIONS, CardColumn::Pronunciation),
        (BACKS, CardColumn::Back),
        (FRONTS, CardColumn::Front),
    ];
    lists.iter().flat_map(|(names, role)| names.split_whitespace().map(|name| (folded(name), *role))).collect()
});

/// A name without case and accents.
fn folded(name: &str) -> String {
    let bare = name.nfd().filter(|char| !unicode_normalization::char::is_combining_mark(*char));
    bare.flat_map(char::to_lowercase).collect::<String>().nfc().collect()
}

/// The role of a name in letters that no blanks part (`想定回答（例）`), by the known name that it ends with.
fn unspaced(folded: &str) -> Option<CardColumn> {
    let wide = |char: char| ('\u{3040}'..='\u{9fff}').contains(&char);
    let name = folded.split(['（', '(', '：', ':', '/', '・']).next()?.trim_end_matches(['文', '例', '欄']);
    let letters: Vec<(usize, char)> = name.char_indices().collect();
    if letters.len() < 3 || !letters.iter().all(|(_, char)| wide(*char)) {
        return NAMES.get(name).copied().filter(|_| name.chars().all(wide) && letters.len() > 1);
    }
    letters[..letters.len() - 1].iter().find_map(|(at, _)| NAMES.get(&name[*at..]).copied())
}

impl CardColumn {
    /// The role that a name gives to its column.
    pub(super) fn from_name(name: &str) -> Self {
        let name = name.trim();
        if name == "-" {
            return CardColumn::Out;
        }
        // Names are short: a sentence that has such a word in it names nothing.
        let alone = !name.contains(char::is_whitespace) && name.ends_with('?');
        let sentence = name.chars().count() > 5 && !alone && name.ends_with(['?', '？', '؟', '.', '!']);
        if sentence || name.chars().count() > 48 || name.split_whitespace().count() > 5 {
            return CardColumn::Other;
        }
        let folded = folded(name);
        if let Some(role) = NAMES.get(folded.trim_matches(|char: char| !char.is_alphanumeric())) {
            return *role;
        }
        if let Some(role) = unspaced(&folded) {
            return role;
        }
        match ColumnRole::from_name(name) {
            ColumnRole::Option(..)
            | ColumnRole::Options
            | ColumnRole::Flag(_)
            | ColumnRole::Feedback(_)
            | ColumnRole::Wrong
            | ColumnRole::Wrongs => {
                return CardColumn::Choice;
            }
            ColumnRole::Question => return CardColumn::Front,
            ColumnRole::Answer => return CardColumn::Back,
            ColumnRole::Explanation => return CardColumn::Notes,
            ColumnRole::Topic => return CardColumn::Topic,
            ColumnRole::Tags => return CardColumn::Tags,
            ColumnRole::Id => return CardColumn::Id,
            ColumnRole::Other => {}
        }
        let words = || folded.split(|char: char| !char.is_alphanumeric()).filter(|word| !word.is_empty());
        // `Example sentence in English` is an example first.
        let found: Vec<CardColumn> = words().filter_map(|word| NAMES.get(word).copied()).collect();
        let strongest = [
            CardColumn::Notes,
            CardColumn::Pronunciation,
            CardColumn::Tags,
            CardColumn::Back,
            CardColumn::Topic,
            CardColumn::Language,
            CardColumn::Front,
        ];
        strongest.into_iter().find(|role| found.contains(role)).unwrap_or(CardColumn::Other)
    }

    pub(super) fn is_side(self) -> bool {
        matches!(self, CardColumn::Front | CardColumn::Back | CardColumn::Language)
    }
}

pub(super) fn roles(names: &[String]) -> Vec<CardColumn> {
    let named: Vec<&str> = names.iter().map(|name| name.trim()).filter(|name| !name.is_empty()).collect();
    let coded = named.len() > 1
        && named.iter().all(|name| CODES.split_whitespace().any(|code| code.eq_ignore_ascii_case(name)))
        && (named.iter().all(|name| name.chars().all(char::is_uppercase)) || named == ["en", "de"]);
    let lettered = matches!(&named[..], [q, a, ..] if q.eq_ignore_ascii_case("q") && a.eq_ignore_ascii_case("a"));
    let role = |(place, name): (usize, &String)| match place {
        _ if coded && !name.trim().is_empty() => CardColumn::Language,
        0 if lettered => CardColumn::Front,
        1 if lettered => CardColumn::Back,
        _ => CardColumn::from_name(name),
    };
    names.iter().enumerate().map(role).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_give_roles_in_many_languages() {
        for (name, role) in [
            ("Vorderseite", CardColumn::Front),
            ("Palabra", CardColumn::Front),
            ("Termino", CardColumn::Front),
            ("Mot (singulier)", CardColumn::Front),
            ("ответ", CardColumn::Back),
            ("الجواب", CardColumn::Back),
            ("模範解答", CardColumn::Back),
            ("想定回答（例）", CardColumn::Back),
            ("大分類", CardColumn::Topic),
            ("問題文", CardColumn::Front),
            ("問題数", CardColumn::Other),
            ("English", CardColumn::Language),
            ("In English", CardColumn::Language),
            ("English translation", CardColumn::Back),
            ("Example sentence", CardColumn::Notes),
            ("Pinyin", CardColumn::Pronunciation),
            ("Unit", CardColumn::Topic),
            ("tags", CardColumn::Tags),
            ("No.", CardColumn::Id),
            ("Option B", CardColumn::Choice),
            ("What is the word for rope?", CardColumn::Other),
            ("Correct?", CardColumn::Back),
            ("Hund", CardColumn::Other),
            ("-", CardColumn::Out),
        ] {
            assert_eq!(CardColumn::from_name(name), role, "{name}");
        }
        let names = |line: &str| roles(&line.split(',').map(str::to_owned).collect::<Vec<_>>());
        assert_eq!(names("DE,EN"), [CardColumn::Language, CardColumn::Language]);
        assert_eq!(names("Q,A"), [CardColumn::Front, CardColumn::Back]);
        assert_eq!(names("no,it")[1], CardColumn::Other);
    }
}
