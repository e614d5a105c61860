//! Words in the names of columns, in the languages of many banks. They are hints: otherwise the cells decide.
//!
//! Words are written as [`super::name::fold`] leaves them: small letters without accents; `_` is a blank.

use super::lexicon::Lexicon;

pub(super) static QUESTION: Lexicon = Lexicon::new(
    "question frage pregunta domanda pergunta questao quesito вопрос питання запитання въпрос pytan otazk soru vraag \
    fraga fragor sporsmal sporgsmal kysymy kerdes intrebare ερωτηση سؤال السؤال שאלה pertanyaan soal cau_hoi 問題 質問 設問 \
    问题 题目 题干 試題 试题 題目 問 题 문제 질문 문항 प्रश्न prasna klausim jautajum kusimus vprasanj pitanj pyetj",
);

/// Possible names of the question if no better one occurs.
pub(super) static STEM: Lexicon = Lexicon::new(
    "stem prompt statement item enunciado intitule enonce aufgabe aussage problem problema consigna consigne zadani \
    tresc формулировка задание утверждение ifade stwierdzeni tvrzeni traccia quiz body query text texto texte testo \
    текст tekst afirmacion afirmacao affirmation affermazione pastanda stelling opgave oppgave pasaje q",
);

/// An option. In many languages the same word means the answer.
pub(super) static OPTION: Lexicon = Lexicon::new(
    "option optie opcion opcao opcoes opzion opcija opcj optiun opsi opt choice choix alternativ variant вариант \
    варіант moznost secenek sik vaihtoehto lehetoseg valg proposition proposta auswahl antwortmoglichkeit \
    antwortoption item 選択肢 选项 選項 选择 보기 선택지 επιλογη pilihan lua_chon phuong_an خيار الخيار אפשרות विकल्प eleccion \
    literal inciso keuze",
);

/// An answer: an option with a letter or a number, else the right one.
pub(super) static ANSWER: Lexicon = Lexicon::new(
    "answer ans antwort respuesta reponse risposta resposta ответ відповід отговор odpowied odpoved cevap yanit \
    antwoord svar vastaus valasz raspuns απαντηση جواب اجابة الاجابة תשובה jawaban dap_an cau_tra_loi 回答 答案 해답 답 उत्तर \
    atsakym atbild vastus odgovor response resp rta",
);

/// Right, of an answer or an option.
pub(super) static RIGHT: Lexicon = Lexicon::new(
    "correct corretta corretto correta correto right richtig korrekt juste bonne giust esatt certa certo правильн верн \
    вірн poprawn prawidlow spravn dogru juist goed ratt riktig rigtig oikea helyes corect σωστ صحيح الصحيح נכונה benar \
    betul dung 正解 正确 正確 正答 정답 सही teising pareiz oige pravil tocn acertada verdadera iscorrect isright istrue expected",
);

/// What the right answer is called without another word.
pub(super) static KEY: Lexicon = Lexicon::new(
    "key clave schlussel ключ klucz klic solution solucion losung solucao soluzione gabarito решение rozwiazani reseni \
    cozum oplossing losning ratkaisu megoldas kunci 答え 解答 答 クリック 풀이답 cop gold target label ak corrige chiave sleutel \
    fasit facit anahtar kljuc raktas",
);

/// A statement that holds, in a column next to one for those that do not.
pub(super) static TRUE: Lexicon = Lexicon::new("true wahr vrai verdadero vero");

/// Wrong, of an answer or an option.
pub(super) static WRONG: Lexicon = Lexicon::new(
    "other_answer other_option andere_antwort autres_reponse otras_respuesta altre_rispost outras_respost incorrect \
    wrong false distractor distracteur distrattore distrator дистрактор falsch fausse faux mauvaise sbagliat errat \
    errad erronea falsa неправильн неверн невірн bledn spatn nespravn yanlis onjuist fout felaktig feil forkert vaara \
    helytelen gresit λαθος خطأ salah sai 不正解 错误 錯誤 誤答 오답 गलत netacn napacn neteising",
);

/// Why the answer is right.
pub(super) static EXPLANATION: Lexicon = Lexicon::new(
    "explanation explain rationale feedback comment reason justification erklarung begrundung erlauterung kommentar \
    hinweis bemerkung anmerkung ruckmeldung explication commentaire justificacion explicacion retroalimentacion \
    comentario spiegazion commento explicacao justificativa объяснение пояснение комментари обоснование поясненн \
    wyjasnieni komentarz uzasadnieni vysvetleni komentar oduvodneni aciklama 解説 説明 解析 解释 解釋 详解 해설 설명 uitleg \
    toelichting forklaring selitys magyarazat explicatie penjelasan pembahasan giai_thich loi_giai εξηγηση شرح הסבר \
    व्याख्या notes note remark motivering fundament",
);

pub(super) static TOPIC: Lexicon = Lexicon::new(
    "topic category subject section chapter thema kategorie kapitel theme categorie chapitre matiere tema categoria \
    capitulo seccion materia capitolo argomento assunto categ тема категори раздел глава розділ temat kategoria \
    rozdzial dzial kapitol konu kategori unite onderwerp hoofdstuk amne emne aihe tantargy temakor capitol bab topik \
    chuong chu_de 单元 章节 科目 主题 类别 分类 分類 カテゴリ 章 分野 단원 주제 과목 분류 κατηγορια θεμα विषय group unit module lesson lektion \
    bloque unidad oblast sahə fach",
);

pub(super) static TAGS: Lexicon =
    Lexicon::new("tag keyword schlagwort stichwort etiqueta etiquette etichetta тег метк 标签 タグ 태그");

/// A number that something is called by.
pub(super) static NUMBER: Lexicon = Lexicon::new(
    "number num no nr nro n id index idx code codigo nummer numero номер numer cislo 番号 编号 編號 序号 題號 题号 번호 sl sr serial \
    count anzahl nombre количество order uid guid uuid ref lfd lp poradi stt 題数 题数 問数 问数 문제수 문항수",
);

/// What a name speaks of that is neither the question nor an answer, although it names one.
pub(super) static ASIDE: Lexicon = Lexicon::new(
    "type typ tipo тип 题型 类型 類型 種類 形式 유형 tur kind art time seconds zeit tiempo temps время 制限時間 时间 시간 limit level \
    difficulty schwierigkeit dificultad difficulte dificuldade сложность 难度 難易度 난이도 zorluk image img picture bild \
    imagen imagem immagine картинка изображение 图片 画像 이미지 photo foto audio video url link enlace lien source fuente \
    quelle fonte источник 来源 author autor auteur автор 作者 date datum fecha data дата 日期 length language lang idioma \
    sprache langue язык 语言 言語 words status version year jahr ano annee markup format mode page seite pagina media file \
    datei title created updated shuffle random",
);

/// The share of the mark that an option earns.
pub(super) static GRADE: Lexicon = Lexicon::new(
    "grade score point mark fraction weight punkt punto puntaje pontos балл оценка 分值 分数 得点 배점 puan punkty body note \
    valor value nota bewertung",
);

/// Numbers in words, from one.
pub(super) const COUNTED: [&str; 6] = [
    "one first uno una un eins um uma один первыи jeden bir een i primera premiere",
    "two second dos deux zwei dois due два второи dwa dva iki twee ii segunda deuxieme",
    "three third tres trois drei tre три третии trzy tri uc drie iii tercera troisieme",
    "four fourth cuatro quatre vier quatro quattro четыре cztery ctyri dort iv cuarta",
    "five fifth cinco cinq funf cinque пять piec pet bes vijf quinta",
    "six seis sechs sei шесть szesc alti zes vi",
];

/// Letters of other alphabets that count options.
pub(super) const ALPHABETS: [&str; 8] =
    ["abcdefghij", "абвгдежз", "αβγδεζηθ", "甲乙丙丁戊己", "アイウエオカ", "가나다라마바", "أبجدهو", "אבגדהו"];
